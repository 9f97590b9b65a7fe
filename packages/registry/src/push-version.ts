import { isDeepStrictEqual } from 'node:util';
import { VersionExistsError } from './errors.ts';
import { checkWeights, readManifest } from './fetch-version.ts';
import type { Manifest } from './manifest.ts';
import { manifestKey, modelKey } from './model-key.ts';
import { parseManifest } from './parse-manifest.ts';
import { getBytes, putNew, type RegistryLocation } from './s3.ts';

/**
 * Publishes a version: the weights first, the manifest last, each only where there is nothing yet. So a version is
 * never half visible, never overwritten, and a push cut off in between is finished by pushing the same again.
 * @throws {ManifestError} @throws {ChecksumError} before anything is written, when the two do not fit together
 * @throws {VersionExistsError} when other content is there
 */
export async function pushVersion(
  location: RegistryLocation,
  given: Manifest,
  bytes: Uint8Array,
): Promise<'created' | 'exists'> {
  const manifest = parseManifest(given);
  const { name, version } = manifest;
  checkWeights(manifest, bytes, `the file to push as ${name} ${version}`);

  const weights = modelKey(name, version);
  if (!(await putNew(location, { key: weights, body: bytes, contentType: octets }))) {
    const present = await getBytes(location, weights);
    if (present === undefined || Buffer.compare(present, bytes) !== 0) {
      throw taken(location, manifest, 'other weights');
    }
  }

  const key = manifestKey(name, version);
  const body = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  if (await putNew(location, { key, body, contentType: 'application/json' })) return 'created';
  const present = await getBytes(location, key);
  const place = `s3://${location.bucket}/${key}`;
  // The same content may be pushed again from elsewhere; how it first came about stands.
  const isSame = (other: Manifest) =>
    isDeepStrictEqual({ ...other, lineage: undefined }, { ...manifest, lineage: undefined });
  if (present === undefined || !isSame(readManifest(present, place))) {
    throw taken(location, manifest, 'another manifest');
  }
  return 'exists';
}

const octets = 'application/octet-stream';

function taken(
  { bucket }: RegistryLocation,
  { name, version }: Manifest,
  what: string,
): VersionExistsError {
  return new VersionExistsError(
    `${name} ${version} is in s3://${bucket} already, with ${what}; versions are never overwritten: push this as the next version`,
  );
}
