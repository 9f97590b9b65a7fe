import { hash } from 'node:crypto';
import { ChecksumError, ManifestError, UnknownModelError, UnknownVersionError } from './errors.ts';
import { listModels, listVersions } from './list-versions.ts';
import type { Manifest } from './manifest.ts';
import { manifestKey, modelKey } from './model-key.ts';
import { parseManifest } from './parse-manifest.ts';
import { getBytes, type RegistryLocation } from './s3.ts';

/**
 * Fetches the manifest of a version.
 * @throws {UnknownModelError} @throws {UnknownVersionError} with what there is instead
 * @throws {ManifestError} when it cannot be understood, or is another version's
 */
export async function fetchManifest(
  location: RegistryLocation,
  name: string,
  version: string,
): Promise<Manifest> {
  const key = manifestKey(name, version);
  const bytes = await getBytes(location, key);
  if (bytes === undefined) throw await unknown(location, name, version);
  const manifest = readManifest(bytes, `s3://${location.bucket}/${key}`);
  if (manifest.name !== name || manifest.version !== version) {
    throw new ManifestError(
      `s3://${location.bucket}/${key} is the manifest of ${manifest.name} ${manifest.version}: it was copied there by hand; push the weights as a new version`,
    );
  }
  return manifest;
}

/**
 * The weights `manifest` describes, verified against it.
 * @throws {UnknownVersionError} when they are not there @throws {ChecksumError} when they are others
 */
export async function fetchWeights(
  location: RegistryLocation,
  manifest: Manifest,
): Promise<Uint8Array> {
  const { name, version } = manifest;
  const bytes = await getBytes(location, modelKey(name, version));
  if (bytes === undefined) throw await unknown(location, name, version);
  checkWeights(manifest, bytes, `s3://${location.bucket}/${modelKey(name, version)}`);
  return bytes;
}

/** @throws {ChecksumError} when `bytes` are not what `manifest` says */
export function checkWeights(manifest: Manifest, bytes: Uint8Array, place: string): void {
  const { file } = manifest;
  if (bytes.byteLength !== file.bytes) {
    throw new ChecksumError(
      `${place} has ${bytes.byteLength} bytes, its manifest says ${file.bytes}: it was cut or replaced; push it as a new version`,
    );
  }
  const sha256 = hash('sha256', bytes);
  if (sha256 !== file.sha256) {
    throw new ChecksumError(
      `${place} has the SHA-256 ${sha256}, its manifest says ${file.sha256}: it was damaged or replaced; push it as a new version`,
    );
  }
}

/** @throws {ManifestError} naming `place` */
export function readManifest(bytes: Uint8Array, place: string): Manifest {
  try {
    return parseManifest(JSON.parse(Buffer.from(bytes).toString()));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ManifestError(`${place} is no manifest (${why}): push a new version`, {
      cause: error,
    });
  }
}

async function unknown(
  location: RegistryLocation,
  name: string,
  version: string,
): Promise<UnknownModelError | UnknownVersionError> {
  const versions = await listVersions(location, name);
  if (versions.length > 0) {
    return new UnknownVersionError(
      `${name} has no version ${version} in s3://${location.bucket}; it has ${versions.join(', ')}`,
    );
  }
  const models = await listModels(location);
  const known = models.length === 0 ? 'it is empty' : `it has ${models.join(', ')}`;
  return new UnknownModelError(
    `there is no model ${name} in s3://${location.bucket} (${known}): train and push a version of it first`,
  );
}
