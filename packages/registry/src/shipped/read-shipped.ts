import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../manifest.ts';
import { parseManifest } from '../parse-manifest.ts';
import { readFetchPlan } from './fetch-plan.ts';
import { readOptional } from './read-optional.ts';

/** What a folder holds of a model. */
export interface Shipped {
  readonly manifest: Manifest;
  /** Undefined where the weights have to be fetched first: `fetchWeights`. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * Reads `manifest.json` and `model.onnx` of a folder.
 *
 * @returns undefined where there is no manifest
 * @throws {ManifestError} if the manifest or `fetch.json` is none
 */
export async function readShipped(folder: string): Promise<Shipped | undefined> {
  const json = await readOptional(join(folder, 'manifest.json'));
  if (json === undefined) return undefined;
  const manifest = parseManifest(JSON.parse(json.toString()));
  const weights = join(folder, manifest.file.name);
  // Only a folder that says where its weights are may lack them.
  const canFetch = (await readFetchPlan(folder)) !== undefined;
  const bytes = canFetch ? await readOptional(weights) : await readFile(weights);
  return { manifest, bytes };
}
