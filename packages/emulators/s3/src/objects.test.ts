import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  ChecksumAlgorithm,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { signHeaders, testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

function put(key: string, body: string | Uint8Array, more: Partial<PutObjectCommandInput> = {}) {
  return s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: key, Body: body, ...more }));
}

async function read(key: string): Promise<string> {
  const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: key }));
  return (await Body?.transformToString()) ?? '';
}

describe('buckets', () => {
  it('are created, listed, found and removed', async () => {
    const Bucket = 'a.second-bucket';
    await s3.client.send(new CreateBucketCommand({ Bucket }));
    await s3.client.send(new CreateBucketCommand({ Bucket }));
    const { Buckets } = await s3.client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket, 'box']);
    const head = await s3.client.send(new HeadBucketCommand({ Bucket }));
    expect(head.BucketRegion).toBe('us-east-1');
    const location = await s3.client.send(new GetBucketLocationCommand({ Bucket }));
    expect(location.LocationConstraint ?? '').toBe('');
    await s3.client.send(new DeleteBucketCommand({ Bucket }));
    await expect(s3.client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('are not removed with something in them', async () => {
    await put('kept', 'x');
    const removal = s3.client.send(new DeleteBucketCommand({ Bucket: 'box' }));
    await expect(removal).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  });

  it.each(['Capital', 'ab', 'under_score', 'dot..dot', '127.0.0.1', '-a-b'])(
    'are not created as %s',
    async (Bucket) => {
      const creation = s3.client.send(new CreateBucketCommand({ Bucket }));
      await expect(creation).rejects.toMatchObject({ name: 'InvalidBucketName' });
    },
  );
});

describe('objects', () => {
  it('come back with their bytes, ETag, metadata and headers', async () => {
    const body = randomBytes(300_000);
    const written = await put('whole', body, {
      ContentType: 'application/x-onnx',
      ContentEncoding: 'zstd',
      CacheControl: 'max-age=60',
      Metadata: { trainer: 'forest', seed: '42' },
    });
    const found = await s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'whole' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(body);
    expect(found.ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    expect(found.ETag).toBe(written.ETag);
    expect(found.ContentType).toBe('application/x-onnx');
    expect(found.ContentEncoding).toBe('zstd');
    expect(found.CacheControl).toBe('max-age=60');
    expect(found.Metadata).toEqual({ trainer: 'forest', seed: '42' });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'whole' }));
    expect(head.ContentLength).toBe(300_000);
    expect(head.LastModified?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('may be empty', async () => {
    await put('empty', '');
    expect(await read('empty')).toBe('');
  });

  it.each([
    'a',
    'a/b',
    'a//b',
    '../../escape',
    'dir/',
    'x/../y',
    'sp ace +plus &=?#%25',
    'ünï/🐍/\u{10FFFF}',
    'quote"\'<>',
    'UPPER',
    'upper',
    '.hidden',
    '.bucket.json',
    'k'.repeat(1024),
    'ü'.repeat(512),
  ])('can be called %j', async (key) => {
    await put(key, `bytes of ${key}`);
    expect(await read(key)).toBe(`bytes of ${key}`);
    const names = await readdir(join(s3.directory, 'buckets', 'box'));
    expect(names.every((name) => Buffer.byteLength(name) <= 255)).toBe(true);
  });

  it('cannot have a key beyond 1024 bytes', async () => {
    await expect(put('ü'.repeat(513), '')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  it('tell a missing key from a missing bucket', async () => {
    await expect(read('none')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const elsewhere = new GetObjectCommand({ Bucket: 'nowhere', Key: 'none' });
    await expect(s3.client.send(elsewhere)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('are deleted, one or many, and a second time too', async () => {
    for (const key of ['gone-1', 'gone &<2>\r\n', 'gone-3']) await put(key, key);
    await s3.client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'gone-1' }));
    await s3.client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'gone-1' }));
    const { Deleted } = await s3.client.send(
      new DeleteObjectsCommand({
        Bucket: 'box',
        Delete: { Objects: [{ Key: 'gone &<2>\r\n' }, { Key: 'gone-3' }, { Key: 'never' }] },
      }),
    );
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['gone &<2>\r\n', 'gone-3', 'never']);
    await expect(read('gone &<2>\r\n')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are copied with their metadata, or with new one', async () => {
    await put('source ü', 'content', { Metadata: { a: '1' }, ContentType: 'text/x' });
    const CopySource = encodeURI('/box/source ü');
    await s3.client.send(new CopyObjectCommand({ Bucket: 'box', Key: 'same', CopySource }));
    await s3.client.send(
      new CopyObjectCommand({
        Bucket: 'box',
        Key: 'other',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
      }),
    );
    const same = await s3.client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'same' }));
    const other = await s3.client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'other' }));
    expect([same.Metadata, same.ContentType]).toEqual([{ a: '1' }, 'text/x']);
    expect([other.Metadata, other.ContentType]).toEqual([{ b: '2' }, 'binary/octet-stream']);
    expect(await read('same')).toBe('content');
    const onto = new CopyObjectCommand({ Bucket: 'box', Key: 'source ü', CopySource });
    await expect(s3.client.send(onto)).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('are found by virtual host too', async () => {
    await put('by host', 'hello');
    const { port } = new URL(s3.url);
    const url = `http://box.localhost:${port}/by%20host`;
    const headers = await signHeaders({ url, service: 's3', credentials: testCredentials });
    const answer = await new Promise<string>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, path: '/by%20host', headers }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    expect(answer).toBe('hello');
  });
});

describe('ranges and conditions of reads', () => {
  const get = (more: object) =>
    s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'ten', ...more }));

  beforeAll(() => put('ten', '0123456789'));

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
  ])('answer %s with %s', async (Range, text, contentRange) => {
    const part = await get({ Range });
    expect(part.$metadata.httpStatusCode).toBe(206);
    expect(part.ContentRange).toBe(contentRange);
    expect(await part.Body?.transformToString()).toBe(text);
  });

  it('say 416 for a range behind the end', async () => {
    await expect(get({ Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  it('say 304 or 412 as the caller asked', async () => {
    const { ETag } = await get({});
    const past = new Date(Date.now() - 3_600_000);
    const future = new Date(Date.now() + 3_600_000);
    const status = (code: number) => ({ $metadata: { httpStatusCode: code } });
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject(status(304));
    await expect(get({ IfModifiedSince: future })).rejects.toMatchObject(status(304));
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject(status(412));
    await expect(get({ IfUnmodifiedSince: past })).rejects.toMatchObject(status(412));
    for (const met of [
      { IfMatch: ETag },
      { IfNoneMatch: '"other"' },
      { IfModifiedSince: past },
      { IfUnmodifiedSince: future },
      { IfMatch: ETag, IfUnmodifiedSince: past },
      { IfNoneMatch: '"other"', IfModifiedSince: future },
    ]) {
      expect((await get(met)).$metadata.httpStatusCode, JSON.stringify(met)).toBe(200);
    }
  });
});

describe('conditional writes', () => {
  it('of twenty at once let exactly one through', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => put('race', `writer ${i}`, { IfNoneMatch: '*' })),
    );
    const winners = attempts.flatMap((attempt, i) => (attempt.status === 'fulfilled' ? [i] : []));
    expect(winners).toHaveLength(1);
    expect(await read('race')).toBe(`writer ${winners[0]}`);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') {
        expect(attempt.reason).toMatchObject({ name: 'PreconditionFailed' });
      }
    }
  });

  it('replace only the version the writer has seen', async () => {
    const first = await put('versioned', 'one');
    await put('versioned', 'two', { IfMatch: first.ETag });
    const late = put('versioned', 'three', { IfMatch: first.ETag });
    await expect(late).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await read('versioned')).toBe('two');
    const nothing = put('not there', 'x', { IfMatch: first.ETag });
    await expect(nothing).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('checksums', () => {
  const computable = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

  it.each(computable)('%s is verified, kept and given back', async (algorithm) => {
    const written = await put(`sum-${algorithm}`, 'hello', { ChecksumAlgorithm: algorithm });
    const field = `Checksum${algorithm}` as const;
    expect(written[field]).toMatch(/^[\w+/]+=*$/);
    const command = { Bucket: 'box', Key: `sum-${algorithm}`, ChecksumMode: 'ENABLED' } as const;
    const head = await s3.client.send(new HeadObjectCommand(command));
    expect(head[field]).toBe(written[field]);
    expect(head.ChecksumType).toBe('FULL_OBJECT');
  });

  it.each(['CRC32', 'CRC64NVME'] as const)(
    '%s travels in the trailer of a stream',
    async (name) => {
      const body = randomBytes(3_000_000);
      await put('streamed', Readable.from([body.subarray(0, 10), body.subarray(10)]) as never, {
        ContentLength: body.length,
        ChecksumAlgorithm: ChecksumAlgorithm[name],
      });
      const { Body } = await s3.client.send(
        new GetObjectCommand({ Bucket: 'box', Key: 'streamed', ChecksumMode: 'ENABLED' }),
      );
      expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
    },
  );

  it.each([
    ['a CRC32', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    ['a SHA-256', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }, 'BadDigest'],
    ['a Content-MD5', { ContentMD5: Buffer.alloc(16).toString('base64') }, 'BadDigest'],
    ['a Content-MD5 that is none', { ContentMD5: 'short' }, 'InvalidDigest'],
    ['a CRC32 that is none', { ChecksumCRC32: 'short' }, 'InvalidRequest'],
  ])('refuses %s that does not fit and stores nothing', async (_, wrong, name) => {
    await expect(put('damaged', 'hello', wrong)).rejects.toMatchObject({ name });
    await expect(read('damaged')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await readdir(join(s3.directory, 'incoming'))).toEqual([]);
  });

  it('verifies the signed payload hash', async () => {
    const headers = { 'x-amz-content-sha256': createHash('sha256').update('sent').digest('hex') };
    const answer = await s3.fetch('/box/damaged', { method: 'PUT', body: 'got', headers });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  it('notices a chunked body of another length than announced', async () => {
    const answer = await s3.fetch('/box/damaged', {
      method: 'PUT',
      body: '3\r\nabc\r\n0\r\n\r\n',
      headers: {
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '4',
      },
    });
    expect(await answer.text()).toContain('<Code>IncompleteBody</Code>');
  });
});

describe('object-created events', () => {
  it('tell what was written, once it can be read', async () => {
    const seen: string[] = [];
    const other = await startS3({
      onObjectCreated: async ({ bucket, key }) => {
        const { Body } = await other.client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key }),
        );
        seen.push(`${key}: ${await Body?.transformToString()}`);
      },
    });
    const Bucket = 'box';
    await other.client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '1' }));
    await other.client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: 'box/a' }));
    await other.service.idle();
    await other.remove();
    expect(seen.sort()).toEqual(['a: 1', 'b: 1']);
  });

  it('carry name, size, ETag and time', async () => {
    const { ETag } = await put('told', 'five!');
    await s3.service.idle();
    expect(s3.events.filter(({ key }) => key === 'told')).toEqual([
      {
        eventName: 'ObjectCreated:Put',
        bucket: 'box',
        key: 'told',
        size: 5,
        etag: ETag?.replaceAll('"', ''),
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
    ]);
  });

  it('do not make a write fail when the listener does', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const other = await startS3({
      onObjectCreated: () => {
        throw new Error('listener broke');
      },
    });
    await other.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'a', Body: '1' }));
    await other.service.idle();
    await other.remove();
    expect((await warned).message).toContain('listener broke');
  });
});
