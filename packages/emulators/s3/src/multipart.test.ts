import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

const mebibyte = 1024 * 1024;
const bytes = randomBytes(6 * mebibyte);
const [head, tail] = [bytes.subarray(0, 5 * mebibyte), bytes.subarray(5 * mebibyte)];

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

async function begin(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}, at = s3) {
  const { UploadId } = await at.client.send(
    new CreateMultipartUploadCommand({ Bucket: 'box', Key, ...more }),
  );
  return { Bucket: 'box', Key, UploadId };
}

type Upload = Awaited<ReturnType<typeof begin>>;

async function send(
  upload: Upload,
  PartNumber: number,
  Body: Uint8Array,
  at = s3,
): Promise<CompletedPart> {
  const part = await at.client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
  return { PartNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 };
}

function complete(upload: Upload, Parts: CompletedPart[], more: object = {}, at = s3) {
  return at.client.send(
    new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }),
  );
}

const md5 = (data: Uint8Array): Buffer => createHash('md5').update(data).digest();

describe('multipart uploads', () => {
  it('become one object, its ETag the MD5 of the MD5s', async () => {
    const upload = await begin('joined', { ContentType: 'text/x', Metadata: { a: 'b' } });
    const second = await send(upload, 7, tail);
    await send(upload, 2, randomBytes(10));
    const first = await send(upload, 2, head);
    const listed = await s3.client.send(new ListPartsCommand(upload));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [2, head.length],
      [7, tail.length],
    ]);

    const { ETag } = await complete(upload, [first, second]);

    expect(ETag).toBe(`"${md5(Buffer.concat([md5(head), md5(tail)])).toString('hex')}-2"`);
    const found = await s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'joined' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    expect([found.ContentType, found.Metadata]).toEqual(['text/x', { a: 'b' }]);
    expect(await readdir(join(s3.directory, 'uploads'))).not.toContain(upload.UploadId);
    await s3.service.idle();
    expect(s3.events.at(-1)).toMatchObject({
      eventName: 'ObjectCreated:CompleteMultipartUpload',
      key: 'joined',
      size: bytes.length,
    });
  });

  it('are completed once, however often and from wherever they are asked to be', async () => {
    const before = await startS3();
    const upload = await begin('again', { ChecksumAlgorithm: 'CRC32' }, before);
    const part = await send(upload, 1, tail, before);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => complete(upload, [part], {}, before)),
    );
    expect(new Set(answers.map(({ ETag, ChecksumCRC32 }) => `${ETag} ${ChecksumCRC32}`)).size).toBe(
      1,
    );
    await before.service.idle();
    expect(before.events).toHaveLength(1);
    await before.stop();

    const after = await startS3({ directory: before.directory });
    const [first] = answers;
    expect(await complete(upload, [part], {}, after)).toMatchObject({
      ETag: first?.ETag,
      ChecksumCRC32: first?.ChecksumCRC32,
      ChecksumType: 'COMPOSITE',
    });
    const other = { ...part, ETag: `"${md5(head).toString('hex')}"` };
    await expect(complete(upload, [other], {}, after)).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    // Over another object it would be no repetition.
    await after.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'again', Body: 'new' }));
    await expect(complete(upload, [part], {}, after)).rejects.toMatchObject({
      name: 'NoSuchUpload',
    });
    await after.remove();
  });

  it('take parts from other objects', async () => {
    await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'whole', Body: bytes }));
    const upload = await begin('from parts');
    const source = { ...upload, CopySource: 'box/whole' };
    const last = head.length - 1;
    const parts: CompletedPart[] = [];
    for (const [i, range] of [`0-${last}`, `${last + 1}-${bytes.length - 1}`].entries()) {
      const { CopyPartResult } = await s3.client.send(
        new UploadPartCopyCommand({
          ...source,
          PartNumber: i + 1,
          CopySourceRange: `bytes=${range}`,
        }),
      );
      parts.push({ PartNumber: i + 1, ETag: CopyPartResult?.ETag });
    }
    await complete(upload, parts);
    const found = await s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'from parts' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  });

  it('carry a checksum of the checksums, or of the whole', async () => {
    const composite = await begin('composite', { ChecksumAlgorithm: 'CRC32' });
    await complete(composite, [await send(composite, 1, head), await send(composite, 2, tail)]);
    const whole = await begin('full', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    await complete(whole, [await send(whole, 1, head), await send(whole, 2, tail)]);
    const plain = await s3.client.send(
      new PutObjectCommand({ Bucket: 'box', Key: 'plain', Body: bytes }),
    );
    const sums = await Promise.all(
      ['composite', 'full'].map((Key) =>
        s3.client.send(new HeadObjectCommand({ Bucket: 'box', Key, ChecksumMode: 'ENABLED' })),
      ),
    );
    expect(sums[0]).toMatchObject({
      ChecksumType: 'COMPOSITE',
      ChecksumCRC32: expect.stringMatching(/-2$/),
    });
    expect(sums[1]).toMatchObject({
      ChecksumType: 'FULL_OBJECT',
      ChecksumCRC32: plain.ChecksumCRC32,
    });
  });

  it('refuse parts that are missing, different, out of order or too small', async () => {
    const upload = await begin('refused');
    const first = await send(upload, 1, tail);
    const second = await send(upload, 2, tail);
    const name = (expected: string) => ({ name: expected });
    await expect(complete(upload, [first, second])).rejects.toMatchObject(name('EntityTooSmall'));
    await expect(complete(upload, [second, first])).rejects.toMatchObject(name('InvalidPartOrder'));
    await expect(complete(upload, [first, first])).rejects.toMatchObject(name('InvalidPartOrder'));
    const other = { ...first, ETag: '"0"' };
    await expect(complete(upload, [other])).rejects.toMatchObject(name('InvalidPart'));
    const { ChecksumCRC32, ...bare } = first;
    for (const checksums of [{ ChecksumCRC32: 'AAAAAA==' }, { ChecksumCRC32C: ChecksumCRC32 }])
      await expect(complete(upload, [{ ...bare, ...checksums }])).rejects.toMatchObject(
        name('InvalidPart'),
      );
    const absent = { ...first, PartNumber: 3 };
    await expect(complete(upload, [absent])).rejects.toMatchObject(name('InvalidPart'));
    await expect(complete(upload, [first], { MpuObjectSize: 3 })).rejects.toMatchObject(
      name('InvalidRequest'),
    );
    await complete(upload, [first]);
  });

  it('complete only where nothing is, when asked to', async () => {
    await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'taken', Body: 'first' }));
    const upload = await begin('taken');
    const part = await send(upload, 1, tail);
    const late = complete(upload, [part], { IfNoneMatch: '*' });
    await expect(late).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const kept = await s3.client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'taken' }));
    expect(kept.ContentLength).toBe(5);
  });

  it('leave nothing behind when aborted', async () => {
    const upload = await begin('aborted');
    const part = await send(upload, 1, tail);
    await s3.client.send(new AbortMultipartUploadCommand(upload));
    expect(existsSync(join(s3.directory, 'uploads', upload.UploadId ?? ''))).toBe(false);
    await expect(complete(upload, [part])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(send(upload, 2, tail)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('are found by their own bucket and key alone', async () => {
    await s3.service.createBucket('other');
    const upload = await begin('mine');
    const part = await send(upload, 1, tail);
    for (const elsewhere of [
      { ...upload, Key: 'yours' },
      { ...upload, Bucket: 'other' },
      { ...upload, UploadId: 'none' },
    ]) {
      const refused = { name: 'NoSuchUpload' };
      await expect(send(elsewhere, 1, tail)).rejects.toMatchObject(refused);
      await expect(complete(elsewhere, [part])).rejects.toMatchObject(refused);
      await expect(s3.client.send(new ListPartsCommand(elsewhere))).rejects.toMatchObject(refused);
    }
    await complete(upload, [part]);
  });

  it('go on after a restart', async () => {
    const before = await startS3();
    const { UploadId } = await before.client.send(
      new CreateMultipartUploadCommand({ Bucket: 'box', Key: 'k' }),
    );
    const upload = { Bucket: 'box', Key: 'k', UploadId };
    const part = await before.client.send(
      new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }),
    );
    await before.stop();

    const after = await startS3({ directory: before.directory });
    await after.client.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] },
      }),
    );
    const { Body } = await after.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'k' }));
    expect(await Body?.transformToString()).toBe('part');
    await after.remove();
  });
});
