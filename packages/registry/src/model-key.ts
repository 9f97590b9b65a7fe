import { ModelKeyError } from './errors.ts';

/** One version of one model: `{ name: 'my-model', version: 'v3' }`. */
export interface ModelVersion {
  readonly name: string;
  readonly version: string;
}

/** The version that a model begins with. */
export const firstVersion = 'v1';

/**
 * Small letters, digits and hyphens, a letter first: fit for keys, function names and URLs. Every object of JavaScript has a
 * `constructor`, so what is kept by name would have one that nothing put there.
 */
export function isModelName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,62}$/.test(name) && name !== 'constructor';
}

/** `v` and a positive whole number without leading zeros: `v1`, `v2`, … */
export function isVersion(version: string): boolean {
  return /^v[1-9]\d{0,8}$/.test(version);
}

/** Returns the number of a version, for ordering: `v10` comes after `v9`. @throws {ModelKeyError} */
export function versionNumber(version: string): number {
  checkVersion(version);
  return Number(version.slice(1));
}

/** Key of a version's weights: `models/<name>/<version>/model.onnx`. @throws {ModelKeyError} */
export function modelKey(name: string, version: string): string {
  return `${versionPrefix(name, version)}model.onnx`;
}

/** Key of a version's manifest: `models/<name>/<version>/manifest.json`. @throws {ModelKeyError} */
export function manifestKey(name: string, version: string): string {
  return `${versionPrefix(name, version)}manifest.json`;
}

/** Takes `modelKey` apart, as found in the environment of a function. @throws {ModelKeyError} */
export function parseModelKey(key: string): ModelVersion {
  const [models, name = '', version = '', file, ...rest] = key.split('/');
  if (models !== 'models' || file !== 'model.onnx' || rest.length > 0) {
    throw new ModelKeyError(
      `"${key}" is not the key of a model; it has to be models/<name>/<version>/model.onnx, e.g. models/my-model/v1/model.onnx`,
    );
  }
  checkName(name);
  checkVersion(version);
  return { name, version };
}

/** @throws {ModelKeyError} when `name` is no model name */
export function checkName(name: string): void {
  if (isModelName(name)) return;
  throw new ModelKeyError(
    `"${name}" is not a model name; use small letters, digits and hyphens, beginning with a letter, at most 63, and not 'constructor'`,
  );
}

function checkVersion(version: string): void {
  if (isVersion(version)) return;
  throw new ModelKeyError(`"${version}" is not a version; versions are v1, v2, v3, …`);
}

function versionPrefix(name: string, version: string): string {
  checkName(name);
  checkVersion(version);
  return `models/${name}/${version}/`;
}
