import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { signHeaders, testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startS3 } from './testing/start-s3.ts';

let directory: string;
let child: ChildProcess;
let port: number;
let client: S3Client;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-s3-'));
  // A plain Node: vitest's own arguments are not for the child.
  child = fork(join(import.meta.dirname, 'testing/main.ts'), [directory], { execArgv: [] });
  [port] = (await once(child, 'message')) as [number];
  client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await kill();
  await rm(directory, { recursive: true });
});

/** A signed request that the test sends piece by piece. */
async function begin(
  path: string,
  method = 'GET',
  more: Readonly<Record<string, string>> = {},
): Promise<ClientRequest> {
  const url = `http://127.0.0.1:${port}${path}`;
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...more };
  const signing = { url, method, headers: unsigned, credentials: testCredentials };
  const headers = await signHeaders({ ...signing, service: 's3' });
  return request(url, { method, headers });
}

async function startUpload(path: string): Promise<ClientRequest> {
  return begin(path, 'PUT', { 'content-length': '1000000' });
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const body = (key: string): Buffer =>
  Buffer.concat(Array.from({ length: 2000 }, () => createHash('sha256').update(key).digest()));

describe('kill -9', () => {
  it('loses nothing that was acknowledged and leaves nothing half-written', async () => {
    const acknowledged: string[] = [];
    let next = 0;
    const writer = async (): Promise<void> => {
      for (;;) {
        const Key = `object/${next++ % 40}`;
        await client.send(new PutObjectCommand({ Bucket: 'box', Key, Body: body(Key) }));
        acknowledged.push(Key);
        if (acknowledged.length === 100) child.kill('SIGKILL');
      }
    };
    await Promise.allSettled(Array.from({ length: 8 }, writer));

    const after = await startS3({ directory });
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    for (const Key of new Set(acknowledged)) {
      const { Body } = await after.client.send(new GetObjectCommand({ Bucket: 'box', Key }));
      expect(body(Key).equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true);
    }
    expect(await readdir(join(directory, 'incoming'))).toEqual([]);
    await after.stop();
  });

  it('in the middle of an upload keeps the object that was there', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'box', Key: 'kept', Body: 'old' }));
    const upload = await startUpload('/box/kept');
    upload.on('error', () => {});
    upload.write(randomBytes(500_000));
    await vi.waitFor(async () => {
      expect(await readdir(join(directory, 'incoming'))).toHaveLength(1);
    });
    await kill();

    const after = await startS3({ directory });
    const { Body } = await after.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'kept' }));
    expect(await Body?.transformToString()).toBe('old');
    await after.stop();
  });
});

it('an upload that breaks off leaves no trace', async () => {
  const upload = await startUpload('/box/broken');
  upload.on('error', () => {});
  upload.write(randomBytes(500_000));
  await vi.waitFor(async () => {
    expect(await readdir(join(directory, 'incoming'))).toHaveLength(1);
  });
  upload.destroy();
  await vi.waitFor(async () => expect(await readdir(join(directory, 'incoming'))).toEqual([]));
  const read = client.send(new GetObjectCommand({ Bucket: 'box', Key: 'broken' }));
  await expect(read).rejects.toMatchObject({ name: 'NoSuchKey' });
});

it('a reader that goes away does not disturb the others', async () => {
  const big = randomBytes(8 * 1024 * 1024);
  await client.send(new PutObjectCommand({ Bucket: 'box', Key: 'big', Body: big }));
  const download = (await begin('/box/big')).end();
  const [response] = (await once(download, 'response')) as [Readable];
  await once(response, 'data');
  response.destroy();
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'box', Key: 'big' }));
  expect(big.equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true);
});

it('200 MB go in and out without being held in memory', async () => {
  const piece = randomBytes(1024 * 1024);
  const size = 200 * piece.length;
  const stream = Readable.from(Array.from({ length: 200 }, () => piece));
  await client.send(
    new PutObjectCommand({ Bucket: 'box', Key: 'big', Body: stream, ContentLength: size }),
  );
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'box', Key: 'big' }));
  let received = 0;
  const count = new Writable({
    write(bytes: Buffer, _, done) {
      received += bytes.length;
      done();
    },
  });
  await pipeline(Body as Readable, count);
  expect(received).toBe(size);
  child.send('memory');
  const [megabytes] = (await once(child, 'message')) as [number];
  expect(megabytes).toBeLessThan(220);
});
