import { type Manifest, manifestKey, parseManifest } from '@chorus/registry/manifest';
import { ObjectError, readObject } from '@chorus/runtime/s3-object';

/** Finds the manifest of a version; undefined if there is none, or it is none. */
export type FindManifest = (model: string, version: string) => Promise<Manifest | undefined>;

/** How long a failing S3 is asked again, in milliseconds. */
const retryMs = 5_000;
/** Far above any manifest. */
const maxBytes = 10_000_000;

/** Reads the manifests in a bucket, each once: a version never changes. */
export function manifestsIn(bucket: string): FindManifest {
  const known = new Map<string, Promise<Manifest | undefined>>();
  const read = async (key: string): Promise<Manifest | undefined> => {
    try {
      const bytes = await readObject({ bucket, key, maxBytes, retryUntil: Date.now() + retryMs });
      return parseManifest(JSON.parse(bytes.toString()));
    } catch (error) {
      // Without the right to list, a version that is gone looks like one that may not be read.
      const isGone =
        error instanceof ObjectError && ['missing-key', 'access-denied'].includes(error.reason);
      if (isGone) return undefined;
      known.delete(key);
      throw error;
    }
  };
  return (model, version) => {
    const key = manifestKey(model, version);
    const found = known.get(key) ?? read(key);
    known.set(key, found);
    return found;
  };
}
