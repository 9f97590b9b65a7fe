import type { Manifest, Registry } from '@chorus/registry';
import { isCausedBy } from './errors.ts';

/** How often another push may take the number first. */
const attempts = 3;

/**
 * Pushes weights as the next version of their model. When another push comes at the same time, one of the two gets
 * the number after.
 *
 * @returns the version it got
 * @throws what `pushVersion` throws
 */
export async function pushNext(
  registry: Pick<Registry, 'nextVersion' | 'pushVersion'>,
  manifest: Omit<Manifest, 'version'>,
  bytes: Uint8Array,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const version = await registry.nextVersion(manifest.name);
    try {
      await registry.pushVersion({ ...manifest, version }, bytes);
      return version;
    } catch (error) {
      if (attempt === attempts || !isCausedBy(error, 'VersionExistsError')) throw error;
    }
  }
}
