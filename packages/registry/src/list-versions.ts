import {
  checkName,
  isModelName,
  isVersion,
  type ModelVersion,
  manifestKey,
  versionNumber,
} from './model-key.ts';
import { listKeys, listObjects, type RegistryLocation } from './s3.ts';

/** Names of all models with at least one complete version, in alphabetical order. */
export async function listModels(location: RegistryLocation): Promise<string[]> {
  const complete = completeVersions(await listKeys(location, 'models/'));
  return [...new Set(complete.map(({ name }) => name))].sort();
}

/** A version and the entity tag of its manifest, which another manifest would not have. */
export interface ListedVersion {
  readonly version: string;
  readonly etag: string;
}

/** Complete versions of all models by their names, `v1` first: one list, however many models there are. */
export async function listAllVersions(
  location: RegistryLocation,
): Promise<ReadonlyMap<string, readonly ListedVersion[]>> {
  const objects = await listObjects(location, 'models/');
  const etags = new Map(objects.map(({ key, etag }) => [key, etag]));
  const complete = completeVersions(objects.map(({ key }) => key));
  const byName = Map.groupBy(complete, ({ name }) => name);
  return new Map(
    [...byName].map(([name, versions]) => [
      name,
      versions
        .map(({ version }) => ({ version, etag: etags.get(manifestKey(name, version)) ?? '' }))
        .sort((a, b) => versionNumber(a.version) - versionNumber(b.version)),
    ]),
  );
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
