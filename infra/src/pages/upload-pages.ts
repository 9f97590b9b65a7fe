import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { pageCacheControl, pageContentType } from '@chorus/blueprint';
import { keysIn, settingsFile } from './page-files.ts';

/** A bucket, and how to reach it. */
export interface PageBucket {
  readonly client: S3Client;
  readonly bucket: string;
}

/** How long a file stays that a page no longer has: somebody may have the page open that asks for it. */
const keptForMs = 7 * 24 * 60 * 60 * 1000;

/** Returns how long browsers and CloudFront keep a file of a page, which may have a folder of its own. */
function cacheControlOf(key: string): string {
  return pageCacheControl(key.replace(/^[^/]+\/(?=assets\/)/, ''));
}

/** Returns when a file is uploaded: what a page asks for is there before the page is, and its settings too. */
function turnOf(key: string): number {
  if (key.endsWith('.html')) return 2;
  return basename(key) === settingsFile ? 1 : 0;
}

/** Returns the keys of objects that were last uploaded before a moment. */
async function keysBefore({ client, bucket }: PageBucket, moment: Date): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
    for (const { Key, LastModified } of Contents)
      if (Key !== undefined && LastModified !== undefined && LastModified < moment) keys.push(Key);
  return keys;
}

/**
 * Brings the files of a folder to a bucket, with the headers that browsers need. Pages come last, so that no visitor gets one
 * whose files are not there; a file that the pages no longer have is removed after a week.
 *
 * @param folder the pages' files, by their keys
 * @param now when this is
 * @throws {BlueprintError} for a file of an unknown kind, before anything is uploaded
 */
export async function uploadPages(to: PageBucket, folder: string, now: Date): Promise<void> {
  const { client, bucket } = to;
  const files = keysIn(folder).map((key) => ({ key, type: pageContentType(key) }));
  const old = await keysBefore(to, new Date(now.getTime() - keptForMs));
  for (const { key, type } of files.toSorted((a, b) => turnOf(a.key) - turnOf(b.key)))
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: await readFile(join(folder, key)),
        ContentType: type,
        CacheControl: cacheControlOf(key),
      }),
    );
  const kept = new Set(files.map(({ key }) => key));
  for (const key of old.filter((each) => !kept.has(each)))
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}
