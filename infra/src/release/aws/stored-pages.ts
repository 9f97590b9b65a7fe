import { basename } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { settingsFile } from '../../pages/page-files.ts';
import type { StoredPage } from '../aws-tools.ts';

/** Tells whether a file is asked for by its own name: a page, or its settings. Those that a page asks for stay for a week. */
const isEntrance = (key: string) => key.endsWith('.html') || basename(key) === settingsFile;

async function entrancesOf(client: S3Client, bucket: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
    for (const { Key } of Contents) if (Key !== undefined && isEntrance(Key)) keys.push(Key);
  return keys;
}

/** Reads the pages of a bucket, as much of them as has to be put back for visitors to get them again. */
export async function readPages(client: S3Client, bucket: string): Promise<readonly StoredPage[]> {
  const keys = await entrancesOf(client, bucket);
  return Promise.all(
    keys.map(async (key) => {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const body = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
      return { key, body, type: found.ContentType, cacheControl: found.CacheControl };
    }),
  );
}

/** Puts pages back, settings before the pages that ask for them; those that there were not go. */
export async function restorePages(
  client: S3Client,
  bucket: string,
  pages: readonly StoredPage[],
): Promise<void> {
  const settingsFirst = pages.toSorted(
    (a, b) => Number(a.key.endsWith('.html')) - Number(b.key.endsWith('.html')),
  );
  for (const { key, body, type, cacheControl } of settingsFirst)
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: type,
        CacheControl: cacheControl,
      }),
    );
  const known = new Set(pages.map(({ key }) => key));
  for (const key of await entrancesOf(client, bucket))
    if (!known.has(key)) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}
