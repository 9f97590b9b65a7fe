import {
  checkName,
  isModelName,
  isVersion,
  type ModelVersion,
  versionNumber,
} from './model-key.ts';
import { listKeys, type RegistryLocation } from './s3.ts';

/** Names of all models with at least one complete version, in alphabetical order. */
export async function listModels(location: RegistryLocation): Promise<string[]> {
  const complete = completeVersions(await listKeys(location, 'models/'));
  return [...new Set(complete.map(({ name }) => name))].sort();
}

/** Complete versions of a model, `v1` first. */
export async function listVersions(location: RegistryLocation, name: string): Promise<string[]> {
  checkName(name);
  const complete = completeVersions(await listKeys(location, `models/${name}/`));
  return complete.map(({ version }) => version).sort((a, b) => versionNumber(a) - versionNumber(b));
}

/** One above the highest version of a model that has any object, complete or not. */
export async function nextVersion(location: RegistryLocation, name: string): Promise<string> {
  checkName(name);
  const prefix = `models/${name}/`;
  let highest = 0;
  for (const key of await listKeys(location, prefix)) {
    const version = key.slice(prefix.length).split('/')[0] ?? '';
    if (isVersion(version)) highest = Math.max(highest, versionNumber(version));
  }
  return `v${highest + 1}`;
}

/**
 * Finds the versions that have a manifest: it is written last, so they are complete. Other keys in the bucket are no
 * versions.
 */
function completeVersions(keys: readonly string[]): ModelVersion[] {
  return keys.flatMap((key) => {
    const [, name = '', version = '', file, ...rest] = key.split('/');
    if (file !== 'manifest.json' || rest.length > 0) return [];
    return isModelName(name) && isVersion(version) ? [{ name, version }] : [];
  });
}
