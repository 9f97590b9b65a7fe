import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
let server: Server;
let client: S3Client;
/** What comes of each request that is handled. */
let handled: Promise<unknown>[];

const Bucket = 'box';
const size = 16 * 1024 * 1024;

beforeEach(async () => {
  s3 = await startS3();
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'big', Body: Buffer.alloc(size) }));
  handled = [];
  server = createServer((request, response) => {
    handled.push(
      s3.handle(request, response).then(
        () => 'answered',
        (error: Error) => error.message,
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = s3.newClient({ endpoint: `http://127.0.0.1:${port}` });
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  await s3.remove();
});

/** Begins a download and reads its first piece. */
async function begin(): Promise<Readable> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'big' }));
  const body = Body as Readable;
  body.once('data', () => body.pause());
  await once(body, 'data');
  return body;
}

it('a caller that goes away in the middle of its download is no failure of the S3', async () => {
  (await begin()).destroy();
  expect(await handled[0]).toBe('answered');
});

it('a file that is cut in the middle of its download is one, which cuts the connection at once', async () => {
  const body = await begin();
  await truncate(join(s3.directory, 'buckets/box/big'), 1024 * 1024);
  body.resume();
  expect(await handled[0]).toContain('was cut by another program while it was read');
  await expect(finished(body)).rejects.toThrow('aborted');
});

it('a part that is cut is not taken for a whole one', async () => {
  const upload = { Bucket, Key: 'joined' };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(upload));
  const part = { ...upload, UploadId, PartNumber: 1 };
  const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: Buffer.alloc(9) }));
  await truncate(join(s3.directory, 'uploads', UploadId ?? '', '00001'), 8);
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await expect(
    client.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload })),
  ).rejects.toMatchObject({
    name: 'InternalError',
    message: expect.stringContaining('was cut by another program while it was read'),
  });
  await expect(client.send(new HeadObjectCommand(upload))).rejects.toMatchObject({
    name: 'NotFound',
  });
});
