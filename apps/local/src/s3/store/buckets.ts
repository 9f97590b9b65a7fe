import { renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error } from '../errors.ts';
import { keyFileName } from './key-file.ts';
import { compareKeys } from './key-order.ts';
import type { StoredObject } from './objects.ts';
import { incomingPath, readJson, removeFolder, type Store } from './store.ts';
import { readFooter, syncDirectory } from './stored-file.ts';
import { removeUpload } from './uploads.ts';

export interface Bucket {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Region, such as `us-east-1`. */
  readonly region: string;
  readonly path: string;
  readonly objects: Map<string, StoredObject>;
  /** Keys in listing order; dropped when a key comes or goes, built again when somebody lists. */
  sortedKeys: readonly string[] | undefined;
}

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
export async function createBucket(
  store: Store,
  name: string,
  options: { readonly created: number; readonly region: string },
): Promise<void> {
  if (!isBucketName(name)) {
    throw new S3Error(
      'InvalidBucketName',
      `"${name}" is not a bucket name: 3 to 63 small letters, digits, dots and hyphens, beginning and ending with a letter or digit.`,
      { BucketName: name },
    );
  }
  if (store.buckets.has(name)) return;
  const draft = incomingPath(store);
  await mkdir(draft);
  await writeFile(join(draft, bucketFile), JSON.stringify(options));
  if (store.buckets.has(name)) {
    rmSync(draft, { recursive: true });
    return;
  }
  const path = bucketPath(store, name);
  renameSync(draft, path);
  store.buckets.set(name, { name, ...options, path, objects: new Map(), sortedKeys: undefined });
  await syncDirectory(join(store.directory, 'buckets'));
}

/**
 * Removes an empty bucket and the unfinished uploads into it.
 * @throws {S3Error} NoSuchBucket, BucketNotEmpty
 */
export function deleteBucket(store: Store, name: string): void {
  const bucket = findBucket(store, name);
  if (bucket.objects.size > 0) throw new S3Error('BucketNotEmpty', undefined, { BucketName: name });
  for (const upload of store.uploads.values()) {
    if (upload.bucket === name) removeUpload(store, upload);
  }
  store.buckets.delete(name);
  removeFolder(store, bucket.path);
}

/** Reads a bucket and the footers of its objects from disk. */
export async function loadBucket(store: Store, name: string): Promise<Bucket> {
  const path = bucketPath(store, name);
  const facts = (await readJson(join(path, bucketFile))) as
    | { created: number; region: string }
    | undefined;
  if (facts === undefined) {
    throw new Error(`${path} is not a bucket of the local S3; move it elsewhere and start again`);
  }
  const objects = new Map<string, StoredObject>();
  for (const file of await readdir(path)) {
    if (file.startsWith('.')) continue;
    const object = (await readFooter(join(path, file))) as StoredObject;
    if (keyFileName(object.key) !== file) {
      throw new Error(`${join(path, file)} holds another key; move it elsewhere and start again`);
    }
    objects.set(object.key, object);
  }
  return { name, ...facts, path, objects, sortedKeys: undefined };
}

function bucketPath(store: Store, name: string): string {
  return join(store.directory, 'buckets', name);
}

/** S3 User Guide, "General purpose bucket naming rules". */
function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}
