import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Manifest, manifestKey, parseManifest } from '@chorus/registry/manifest';
import { describeError } from './describe-error.ts';
import { ModelLoadError } from './errors.ts';
import { log } from './log.ts';
import { getObject } from './s3.ts';

/** The place of one version's weights, all of it known. */
export interface WeightsLocation {
  readonly bucket: string;
  /** `models/<name>/<version>/model.onnx`, of these two: */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  /** Expected SHA-256 besides the manifest's, hexadecimal. */
  readonly sha256: string | undefined;
}

/** Verified weights. */
export interface Weights {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  /** Keeps the weights in the temporary folder for the next process in this environment; never fails. */
  readonly store: () => Promise<void>;
}

/**
 * Returns the path of a version on disk: `chorus/<bucket>/<key>` of the temporary folder, which is /tmp on Lambda.
 */
function localPath(location: WeightsLocation): string {
  return join(tmpdir(), 'chorus', location.bucket, location.key);
}

/** An object's address, for messages. */
export function addressOf(location: WeightsLocation): string {
  return `s3://${location.bucket}/${location.key}`;
}

/**
 * Compares weights with what the manifest (and MODEL_SHA256) promise.
 * @throws ModelLoadError `wrong-size` or `checksum-mismatch`
 */
function verify(bytes: Uint8Array, manifest: Manifest, location: WeightsLocation): void {
  const { file } = manifest;
  const place = addressOf(location);
  if (location.sha256 !== undefined && location.sha256 !== file.sha256) {
    throw new ModelLoadError(
      'checksum-mismatch',
      `${place}: MODEL_SHA256 is ${location.sha256}, but its manifest says ${file.sha256}; correct MODEL_SHA256 or MODEL_KEY`,
    );
  }
  if (bytes.byteLength !== file.bytes) {
    throw new ModelLoadError(
      'wrong-size',
      `${place} has ${bytes.byteLength} bytes, its manifest says ${file.bytes}: it was cut or replaced; push it as a new version`,
    );
  }
  const sha256 = process.getBuiltinModule('node:crypto').hash('sha256', bytes);
  if (sha256 !== file.sha256) {
    throw new ModelLoadError(
      'checksum-mismatch',
      `${place} has the SHA-256 ${sha256}, its manifest says ${file.sha256}: it was damaged or replaced; push it as a new version`,
    );
  }
}

/** Atomic, so that another process never reads half a file; a full disk costs the next start, not this answer. */
async function store(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (error) {
    log('warn', 'weights not kept on disk; the next start downloads them again', {
      path,
      reason: describeError(error).errorMessage,
    });
    await rm(partial, { force: true }).catch(() => {});
  }
}

async function fetchManifest(location: WeightsLocation, retryUntil: number): Promise<Manifest> {
  const { bucket } = location;
  const key = manifestKey(location.name, location.version);
  const bytes = await getObject({ bucket, key, retryUntil });
  try {
    return parseManifest(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    const { errorMessage } = describeError(error);
    throw new ModelLoadError(
      'bad-manifest',
      `s3://${bucket}/${key} is no manifest (${errorMessage}): push the version again`,
      { cause: error },
    );
  }
}

/** Weights that an earlier process left here, if they are still what the manifest promises. */
async function readStored(
  path: string,
  manifest: Manifest,
  location: WeightsLocation,
): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readFile(path);
    verify(bytes, manifest, location);
    return bytes;
  } catch (error) {
    log('warn', 'weights on disk not used; downloading them', {
      path,
      reason: describeError(error).errorMessage,
    });
    return undefined;
  }
}

/**
 * Gets and verifies the weights of a version: from the temporary folder if they are there, else from S3, the
 * manifest beside them at the same time. Requests are on their way when this returns to its caller's event loop.
 * @param onSent called once the request for the weights is on the wire, or is not needed
 * @throws ModelLoadError
 */
export async function fetchWeights(
  location: WeightsLocation,
  retryUntil: number,
  onSent: () => void,
): Promise<Weights> {
  const { bucket, key } = location;
  const path = localPath(location);
  const manifestComing = fetchManifest(location, retryUntil);
  if (existsSync(path)) {
    onSent();
    const manifest = await manifestComing;
    const bytes = await readStored(path, manifest, location);
    if (bytes !== undefined) {
      return { bytes, manifest, store: async () => {} };
    }
  }
  // Errors of the weights come first: they say more than that the manifest is missing too.
  manifestComing.catch(() => {});
  const bytes = await getObject({ bucket, key, retryUntil, onSent });
  const manifest = await manifestComing;
  verify(bytes, manifest, location);
  return { bytes, manifest, store: () => store(path, bytes) };
}
