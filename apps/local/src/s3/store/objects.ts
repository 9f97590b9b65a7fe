import { openSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Checksum } from '../checksums.ts';
import { S3Error } from '../errors.ts';
import type { Bucket } from './buckets.ts';
import { keyFileName } from './key-file.ts';
import type { Store } from './store.ts';
import { type Draft, syncDirectory } from './stored-file.ts';

/** All that is known about an object except its bytes; the footer of its file. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** Without quotes: MD5 in hex, for multipart objects MD5 of the parts' MD5s and `-<parts>`. */
  readonly etag: string;
  readonly checksum?: Checksum;
  /** `content-type`, `cache-control` and the like, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Decides on what is there now whether a write may go ahead; throws when it may not. */
export type WriteCondition = (current: StoredObject | undefined) => void;

/**
 * Publishes a draft as an object, replacing what was there; durable when the promise resolves.
 * @throws {S3Error} NoSuchBucket, or what `condition` throws; the draft is then left to its owner.
 */
export async function commitObject(
  store: Store,
  bucket: Bucket,
  draft: Draft,
  object: StoredObject,
  condition: WriteCondition,
): Promise<void> {
  await draft.seal(object);
  // No await from here to the index: the condition and the rename are one step for every other request.
  if (store.buckets.get(bucket.name) !== bucket) throw new S3Error('NoSuchBucket');
  condition(bucket.objects.get(object.key));
  renameSync(draft.path, objectPath(bucket, object.key));
  if (!bucket.objects.has(object.key)) bucket.sortedKeys = undefined;
  bucket.objects.set(object.key, object);
  await syncDirectory(bucket.path);
}

/**
 * Opens an object for reading. The descriptor belongs to exactly the version described, even when it is replaced or
 * deleted a moment later; the caller closes it.
 * @throws {S3Error} NoSuchKey
 */
export function openObject(bucket: Bucket, key: string): { object: StoredObject; fd: number } {
  const object = findObject(bucket, key);
  return { object, fd: openSync(objectPath(bucket, key), 'r') };
}

/** @throws {S3Error} NoSuchKey */
export function findObject(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (object === undefined) throw new S3Error('NoSuchKey', undefined, { Key: key });
  return object;
}

/** Removes an object; one that does not exist is fine. */
export function removeObject(bucket: Bucket, key: string): void {
  if (!bucket.objects.has(key)) return;
  unlinkSync(objectPath(bucket, key));
  bucket.objects.delete(key);
  bucket.sortedKeys = undefined;
}

function objectPath(bucket: Bucket, key: string): string {
  return join(bucket.path, keyFileName(key));
}
