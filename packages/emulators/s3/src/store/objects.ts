import { closeSync, fstatSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileError } from '@chorus/emulator-files';
import { S3Error } from '../errors.ts';
import { changeDurably, isMissing } from './folders.ts';
import { keyFileName } from './key-file.ts';
import type { StoredObject } from './records.ts';
import type { Bucket, Store } from './store.ts';
import type { Draft } from './stored-file.ts';

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
  await changeObjects(store, bucket, () => {
    condition(bucket.objects.get(object.key));
    renameSync(draft.path, objectPath(bucket, object.key));
    if (!bucket.objects.has(object.key)) bucket.sortedKeys = undefined;
    bucket.objects.set(object.key, object);
  });
}

/**
 * Changes objects of a bucket; durable when the promise resolves.
 * @param change synchronous, so that what it checks still holds when it writes
 * @throws {S3Error} NoSuchBucket when the bucket went away, or what `change` throws
 */
export async function changeObjects(
  store: Store,
  bucket: Bucket,
  change: () => void,
): Promise<void> {
  const isThere = (): boolean => store.buckets.get(bucket.name) === bucket;
  const gone = (): S3Error => new S3Error('NoSuchBucket', undefined, { BucketName: bucket.name });
  try {
    await changeDurably(bucket.path, () => {
      if (!isThere()) throw gone();
      change();
    });
  } catch (error) {
    throw isThere() ? error : gone();
  }
}

/**
 * Opens an object for reading. The descriptor belongs to exactly the version described, even when it is replaced or
 * deleted a moment later; the caller closes it.
 * @throws {S3Error} NoSuchKey
 * @throws {FileError} when its file was cut by another program
 */
export function openObject(bucket: Bucket, key: string): { object: StoredObject; fd: number } {
  const object = findObject(bucket, key);
  const path = objectPath(bucket, key);
  const fd = openSync(path, 'r');
  if (fstatSync(fd).size >= object.size) return { object, fd };
  closeSync(fd);
  throw explainFileError(new Error('its end is missing'), path);
}

/** @throws {S3Error} NoSuchKey */
export function findObject(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (object === undefined) throw new S3Error('NoSuchKey', undefined, { Key: key });
  return object;
}

/** Removes an object; one that does not exist, or whose file is gone, is fine. */
export function removeObject(bucket: Bucket, key: string): void {
  if (!bucket.objects.has(key)) return;
  try {
    unlinkSync(objectPath(bucket, key));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  bucket.objects.delete(key);
  bucket.sortedKeys = undefined;
}

function objectPath(bucket: Bucket, key: string): string {
  return join(bucket.path, keyFileName(key));
}
