import { renameSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '@chorus/emulator-files';
import { S3Error } from '../errors.ts';
import { changeDurably, writeFolder } from './folders.ts';
import { isKeyFileName, keyFileName } from './key-file.ts';
import { compareKeys } from './key-order.ts';
import {
  type BucketFacts,
  isBucketFacts,
  isStoredObject,
  readRecord,
  type StoredObject,
} from './records.ts';
import { type Bucket, clearAway, condemn, incomingPath, type Store } from './store.ts';
import { readFooter } from './stored-file.ts';

/** Facts of a bucket, kept beside its objects in a file no key can have. */
const bucketFile = '.bucket.json';

/** @throws {S3Error} NoSuchBucket */
export function findBucket(store: Store, name: string): Bucket {
  const bucket = store.buckets.get(name);
  if (bucket === undefined) throw new S3Error('NoSuchBucket', undefined, { BucketName: name });
  return bucket;
}

/** Keys of a bucket in listing order. */
export function sortedKeys(bucket: Bucket): readonly string[] {
  bucket.sortedKeys ??= [...bucket.objects.keys()].sort(compareKeys);
  return bucket.sortedKeys;
}

/**
 * Creates a bucket; one that exists stays as it is (what us-east-1 does for the bucket's owner).
 * @throws {S3Error} InvalidBucketName
 */
export async function createBucket(store: Store, name: string, facts: BucketFacts): Promise<void> {
  if (!isBucketName(name)) {
    throw new S3Error(
      'InvalidBucketName',
      `"${name}" is not a bucket name: 3 to 63 small letters, digits, dots and hyphens, beginning and ending with a letter or digit.`,
      { BucketName: name },
    );
  }
  if (store.buckets.has(name)) return;
  const draft = incomingPath(store);
  try {
    await writeFolder(draft, bucketFile, facts);
    await changeDurably(join(store.directory, 'buckets'), () => {
      if (store.buckets.has(name)) return;
      const path = bucketPath(store, name);
      renameSync(draft, path);
      store.buckets.set(name, { name, ...facts, path, objects: new Map(), sortedKeys: undefined });
    });
  } finally {
    await clearAway(store, draft);
  }
}

/**
 * Removes an empty bucket and the unfinished uploads into it.
 * @throws {S3Error} NoSuchBucket, BucketNotEmpty
 */
export async function deleteBucket(store: Store, name: string): Promise<void> {
  const condemned: string[] = [];
  await changeDurably(join(store.directory, 'buckets'), () => {
    const bucket = findBucket(store, name);
    if (bucket.objects.size > 0) {
      throw new S3Error('BucketNotEmpty', undefined, { BucketName: name });
    }
    condemned.push(condemn(store, bucket.path));
    store.buckets.delete(name);
    // Uploads whose bucket is gone, or is another of that name, are removed at start if they are not removed here.
    for (const { id, bucket: target, path } of store.uploads.values()) {
      if (target !== name) continue;
      store.uploads.delete(id);
      condemned.push(path);
    }
  });
  for (const path of condemned) await clearAway(store, path);
}

/**
 * Reads a bucket and the footers of its objects from disk. Files that cannot be objects, by their names, are left alone.
 * @throws {FileError} naming the file that is damaged or not the store's
 */
export async function loadBucket(store: Store, name: string): Promise<Bucket> {
  const path = bucketPath(store, name);
  const entries = await readdir(path, { withFileTypes: true });
  if (!entries.some((entry) => entry.name === bucketFile)) {
    throw new FileError(
      `${path} is not a bucket of the local S3 (it has no ${bucketFile}): move it elsewhere and start again`,
    );
  }
  const facts = await readRecord(join(path, bucketFile), isBucketFacts);
  const objects = new Map<string, StoredObject>();
  for (const entry of entries) {
    if (!isKeyFileName(entry.name)) continue;
    const file = join(path, entry.name);
    if (!entry.isFile()) {
      throw new FileError(
        `${file} is no file, where one is expected: move it elsewhere and start again`,
      );
    }
    const object = await readFooter(file, isStoredObject);
    if (keyFileName(object.key) !== entry.name) {
      throw new FileError(
        `${file} holds the object of another key: move it elsewhere and start again`,
      );
    }
    objects.set(object.key, object);
  }
  return { name, ...facts, path, objects, sortedKeys: undefined };
}

function bucketPath(store: Store, name: string): string {
  return join(store.directory, 'buckets', name);
}

/** Tells whether a bucket may have that name (S3 User Guide, "General purpose bucket naming rules"). */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}
