import { fetchManifest, fetchWeights } from './fetch-version.ts';
import {
  type ListedVersion,
  listAllVersions,
  listModels,
  listVersions,
  nextVersion,
} from './list-versions.ts';
import type { Manifest } from './manifest.ts';
import { pushVersion } from './push-version.ts';
import type { RegistryLocation } from './s3.ts';

/**
 * Versions of models in S3: `models/<name>/<version>/{model.onnx,manifest.json}`, immutable. A version exists from
 * the moment its manifest does. All methods throw `RegistryUnavailableError` when S3 cannot be used, and
 * `ModelKeyError` for names and versions that cannot be any.
 */
export interface Registry {
  /** Names of all models with at least one version, in alphabetical order. */
  listModels(): Promise<string[]>;
  /** Complete versions of all models by their names, oldest first: one list for all of them. */
  listAllVersions(): Promise<ReadonlyMap<string, readonly ListedVersion[]>>;
  /** Complete versions of a model, oldest (`v1`) first; none when the model is unknown. */
  listVersions(name: string): Promise<string[]>;
  /** Returns the version to push next: one above the highest, also above those that were begun and never finished. */
  nextVersion(name: string): Promise<string>;
  /**
   * Publishes a version. Pushing the same content again is fine, and finishes a push that was cut off.
   * @returns `created`, or `exists` when the same content was there already
   * @throws {VersionExistsError} when other content is there
   * @throws {ManifestError} @throws {ChecksumError} when manifest and bytes do not fit together
   */
  pushVersion(manifest: Manifest, bytes: Uint8Array): Promise<'created' | 'exists'>;
  /** @throws {UnknownModelError} @throws {UnknownVersionError} @throws {ManifestError} */
  fetchManifest(name: string, version: string): Promise<Manifest>;
  /** The weights a manifest describes, verified. @throws {UnknownVersionError} @throws {ChecksumError} */
  fetchWeights(manifest: Manifest): Promise<Uint8Array>;
}

/** Creates a registry in `location`; it opens nothing, and leaves closing the client to its owner. */
export function createRegistry(location: RegistryLocation): Registry {
  return {
    listModels: () => listModels(location),
    listAllVersions: () => listAllVersions(location),
    listVersions: (name) => listVersions(location, name),
    nextVersion: (name) => nextVersion(location, name),
    pushVersion: (manifest, bytes) => pushVersion(location, manifest, bytes),
    fetchManifest: (name, version) => fetchManifest(location, name, version),
    fetchWeights: (manifest) => fetchWeights(location, manifest),
  };
}
