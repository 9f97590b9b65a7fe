import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createS3, type S3Emulator } from './index.ts';

const hour = 3600 * 1000;
let directory: string;
let clock: number;
let server: Server;
let s3: S3Emulator;
let client: S3Client;

async function open(): Promise<void> {
  s3 = await createS3({ directory, credentials: testCredentials, now: () => clock });
  await s3.service.createBucket('short', { expireDays: 1 });
  await s3.service.createBucket('long');
  await s3.service.createBucket('parts', { expiring: [{ prefix: 'scratch/', days: 1 }] });
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-lifecycle-'));
  clock = Date.now();
  await open();
  server = createServer((request, response) => void s3.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: testCredentials,
    forcePathStyle: true,
  });
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

const put = (Bucket: string, Key: string) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

async function keys(Bucket: string): Promise<(string | undefined)[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key);
}

it('removes objects that are older than the bucket’s days, from the disk too, and no others', async () => {
  for (const bucket of ['short', 'long']) await put(bucket, 'old');
  clock += 23 * hour;
  await put('short', 'new');
  expect(await keys('short')).toEqual(['new', 'old']);
  clock += hour;
  await expect(
    client.send(new GetObjectCommand({ Bucket: 'short', Key: 'old' })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(await keys('short')).toEqual(['new']);
  expect(await readdir(join(directory, 'buckets/short'))).toEqual(['.bucket.json', 'new']);
  clock += 23 * hour;
  expect(await keys('short')).toEqual([]);
  expect(await keys('long')).toEqual(['old']);
});

it('removes the objects below a prefix alone, where the rule is about one', async () => {
  for (const key of ['scratch/a', 'scratch-book', 'kept/scratch/a']) await put('parts', key);
  clock += 23 * hour;
  await put('parts', 'scratch/b');
  clock += hour;
  expect(await keys('parts')).toEqual(['kept/scratch/a', 'scratch-book', 'scratch/b']);
  clock += 1000 * hour;
  expect(await keys('parts')).toEqual(['kept/scratch/a', 'scratch-book']);
});

it('starts an object’s time again when it is replaced', async () => {
  await put('short', 'a');
  clock += 20 * hour;
  await put('short', 'a');
  clock += 20 * hour;
  expect(await keys('short')).toEqual(['a']);
});

it('removes at the start what has become too old while nobody was there', async () => {
  await put('short', 'a');
  clock += 25 * hour;
  await open();
  expect(await readdir(join(directory, 'buckets/short'))).toEqual(['.bucket.json']);
});

it('what cannot be removed fails no request, and is removed when it can be', async () => {
  await put('short', 'k');
  clock += 25 * hour;
  const folder = join(directory, 'buckets', 'short');
  await rename(folder, `${folder}-away`);
  await writeFile(folder, 'in the way');
  const list = async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'short' }));
    return Contents.map(({ Key }) => Key);
  };
  expect(await list()).toEqual(['k']);
  await rm(folder);
  await rename(`${folder}-away`, folder);
  clock += 60_000;
  expect(await list()).toEqual([]);
});
