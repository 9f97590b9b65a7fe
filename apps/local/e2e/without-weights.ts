import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';

const root = resolve(import.meta.dirname, '../../..');

/** The files of a folder of weights that are in the repository. */
const shipped = ['manifest.json', 'fetch.json', 'tail.onnx'];

/** A service, and the folder that it lasts as long as. */
interface Without {
  readonly service: Blueprint;
  remove(): Promise<void>;
}

/** Returns a service one of whose models has no weights yet, whether or not they were fetched on this machine. */
export async function withoutWeights(whole: Blueprint, name: string): Promise<Without> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-weights-'));
  for (const file of shipped)
    await copyFile(join(root, 'packages/models', name, 'weights', file), join(folder, file));
  const functions = whole.functions.map((each) =>
    each.name === name ? { ...each, weights: relative(root, folder) } : each,
  );
  return { service: { ...whole, functions }, remove: () => rm(folder, { recursive: true }) };
}
