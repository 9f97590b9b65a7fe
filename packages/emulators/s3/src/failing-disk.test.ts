import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
let upload: { Bucket: string; Key: string; UploadId: string };
let part: { PartNumber: number; ETag: string | undefined };

beforeEach(async () => {
  s3 = await startS3();
  const { client } = s3;
  await client.send(new CreateBucketCommand({ Bucket: 'empty' }));
  await client.send(new PutObjectCommand({ Bucket: 'box', Key: 'key', Body: 'old' }));
  const begun = await client.send(new CreateMultipartUploadCommand({ Bucket: 'box', Key: 'key' }));
  upload = { Bucket: 'box', Key: 'key', UploadId: begun.UploadId ?? '' };
  const sent = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }));
  part = { PartNumber: 1, ETag: sent.ETag };
});
afterEach(() => rm(s3.directory, { recursive: true }));

const completed = () =>
  new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [part] } });

/** Requests that write, by what they do. */
const writes: Readonly<Record<string, (client: S3Client) => Promise<unknown>>> = {
  'PutObject over another': (client) =>
    client.send(new PutObjectCommand({ Bucket: 'box', Key: 'key', Body: 'new' })),
  'PutObject of a new key': (client) =>
    client.send(new PutObjectCommand({ Bucket: 'box', Key: 'new', Body: 'new' })),
  'PutObject of nothing': (client) =>
    client.send(new PutObjectCommand({ Bucket: 'box', Key: 'new', Body: '' })),
  CopyObject: (client) =>
    client.send(new CopyObjectCommand({ Bucket: 'box', Key: 'new', CopySource: 'box/key' })),
  CreateBucket: (client) => client.send(new CreateBucketCommand({ Bucket: 'another' })),
  CreateMultipartUpload: (client) =>
    client.send(new CreateMultipartUploadCommand({ Bucket: 'box', Key: 'new' })),
  UploadPart: (client) =>
    client.send(new UploadPartCommand({ ...upload, PartNumber: 2, Body: 'new' })),
  'UploadPart once more': (client) =>
    client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'new' })),
  CompleteMultipartUpload: (client) => client.send(completed()),
};
const removals: typeof writes = {
  DeleteObject: (client) => client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'key' })),
  DeleteBucket: (client) => client.send(new DeleteBucketCommand({ Bucket: 'empty' })),
  AbortMultipartUpload: (client) => client.send(new AbortMultipartUploadCommand(upload)),
};

/** All that can be seen of the state that `beforeEach` makes. */
async function state(client: S3Client): Promise<unknown> {
  const buckets = await client.send(new ListBucketsCommand({}));
  const keys = await client.send(new ListObjectsV2Command({ Bucket: 'box' }));
  const object = await client.send(new GetObjectCommand({ Bucket: 'box', Key: 'key' }));
  const parts = await client.send(new ListPartsCommand(upload));
  return [
    buckets.Buckets?.map(({ Name }) => Name),
    keys.Contents?.map(({ Key }) => Key),
    await object.Body?.transformToString(),
    parts.Parts?.map(({ PartNumber, ETag, Size }) => [PartNumber, ETag, Size]),
  ];
}

/** Nothing happened, before and after a restart, and the upload can still be completed. */
async function expectUntouched(client: S3Client): Promise<void> {
  const untouched = [['box', 'empty'], ['key'], 'old', [[1, part.ETag, 4]]];
  expect(await state(client)).toEqual(untouched);
  const again = await startS3({ directory: s3.directory });
  expect(await state(again.client)).toEqual(untouched);
  expect(await readdir(join(s3.directory, 'incoming'))).toEqual([]);
  expect(await readdir(join(s3.directory, 'uploads'))).toEqual([upload.UploadId]);
  await again.client.send(completed());
  const { Body } = await again.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'key' }));
  expect(await Body?.transformToString()).toBe('part');
  await again.stop();
}

/** An S3 in a process that may not write a byte to a file, though it may make, rename and remove files. */
async function startFull(directory: string): Promise<{ client: S3Client; stop(): Promise<void> }> {
  const main = join(import.meta.dirname, 'testing/main.ts');
  const child = spawn(
    'sh',
    ['-c', 'ulimit -f 0 && exec "$0" "$@"', process.execPath, main, directory],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const [port] = (await once(child, 'message')) as [number];
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  return {
    client,
    async stop() {
      client.destroy();
      child.kill();
      await once(child, 'exit');
    },
  };
}

describe('on a full disk', () => {
  it('what is answered 500 did not happen, and says what to do', async () => {
    await s3.stop();
    const full = await startFull(s3.directory);
    for (const [name, write] of Object.entries(writes)) {
      await expect(write(full.client), name).rejects.toMatchObject({
        name: 'InternalError',
        message: expect.stringMatching(/could not be written because .*: .* \(EFBIG\)/),
        $metadata: { httpStatusCode: 500 },
      });
    }
    expect(await readdir(join(s3.directory, 'incoming'))).toEqual([]);
    await expectUntouched(full.client);
    await full.stop();
  });

  it.each(Object.keys(removals))('%s works', async (name) => {
    await s3.stop();
    const full = await startFull(s3.directory);
    await removals[name]?.(full.client);
    await full.stop();
    const again = await startS3({ directory: s3.directory });
    await expect(expectUntouched(again.client)).rejects.toThrow();
    await again.stop();
  });
});

/** Calls with the folder away, a file in its place: whatever is to be done in it fails. */
async function without(folder: string, call: () => Promise<void>): Promise<void> {
  const path = join(s3.directory, folder);
  await rename(path, `${path}-away`);
  await writeFile(path, 'in the way');
  await call();
  expect(await readFile(path, 'utf8')).toBe('in the way');
  await rm(path);
  await rename(`${path}-away`, path);
}

const calls: typeof writes = { ...writes, ...removals };
const all = Object.keys(calls);

describe('where a folder cannot be changed', () => {
  // Requests that do not need the folder are left out: they would work.
  it.each([
    ['incoming', all.filter((name) => name !== 'DeleteObject')],
    ['buckets', all.filter((name) => !/^(?:Create|Abort)Multi|^UploadPart/.test(name))],
    ['buckets/box', all.filter((name) => /^(?:Put|Copy|Complete|DeleteObject)/.test(name))],
    ['uploads', all.filter((name) => name.includes('Upload'))],
  ])('%s: what is answered 500 did not happen', async (folder, names) => {
    await without(folder, async () => {
      for (const name of names) {
        await expect(calls[name]?.(s3.client), name).rejects.toMatchObject({
          name: 'InternalError',
          message: expect.stringContaining(join(s3.directory, folder)),
        });
      }
    });
    await expectUntouched(s3.client);
    await s3.stop();
  });

  it('DeleteObjects says which keys are still there', async () => {
    const Objects = [{ Key: 'key' }, { Key: 'none' }];
    await without('buckets/box', async () => {
      const answer = await s3.client.send(
        new DeleteObjectsCommand({ Bucket: 'box', Delete: { Objects, Quiet: true } }),
      );
      expect(answer.Deleted).toBeUndefined();
      expect(answer.Errors).toMatchObject([{ Key: 'key', Code: 'InternalError' }]);
    });
    await expectUntouched(s3.client);
    await s3.stop();
  });

  it('a start says so in one line', async () => {
    await without('buckets/box', async () => {
      await s3.client.send(new HeadBucketCommand({ Bucket: 'box' }));
      await expect(s3.service.createBucket('box')).resolves.toBeUndefined();
    });
    await without('incoming', async () => {
      await expect(s3.service.createBucket('third')).rejects.toMatchObject({
        name: 'FileError',
        message: expect.stringMatching(/^\S+ is a file, or lies below one, [^\n]*$/),
      });
    });
    await s3.stop();
  });
});
