import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { DeleteBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { signHeaders, testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

describe('at the same time', () => {
  it('a bucket is made once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => s3.service.createBucket('at-once')));
    await s3.client.send(new PutObjectCommand({ Bucket: 'at-once', Key: 'k', Body: 'x' }));
  });

  it('an upload does not end up in another bucket of that name', async () => {
    const Bucket = 'made-anew';
    await s3.service.createBucket(Bucket);
    const url = `${s3.url}/${Bucket}/k`;
    const signed = await signHeaders({
      url,
      method: 'PUT',
      service: 's3',
      credentials: testCredentials,
      headers: { 'content-length': '4', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    });
    const upload = httpRequest(url, { method: 'PUT', headers: signed });
    upload.write('ha');
    await vi.waitFor(async () => {
      expect(await readdir(join(s3.directory, 'incoming'))).toHaveLength(1);
    });
    await s3.client.send(new DeleteBucketCommand({ Bucket }));
    await s3.service.createBucket(Bucket);
    upload.end('lf');
    const [answer] = await once(upload, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(404);
    expect(await readdir(join(s3.directory, 'buckets', Bucket))).toEqual(['.bucket.json']);
  });
});
