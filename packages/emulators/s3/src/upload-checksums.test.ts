import {
  type ChecksumAlgorithm,
  type ChecksumType,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

const key = { Bucket: 'box', Key: 'k' };
const begin = (ChecksumAlgorithm?: string, ChecksumType?: string) =>
  s3.client.send(
    new CreateMultipartUploadCommand({
      ...key,
      ...(ChecksumAlgorithm && { ChecksumAlgorithm: ChecksumAlgorithm as ChecksumAlgorithm }),
      ...(ChecksumType && { ChecksumType: ChecksumType as ChecksumType }),
    }),
  );

describe('an upload', () => {
  // S3 User Guide, "Checking object integrity": which types go with which algorithms.
  it.each([
    ['CRC32', undefined, 'COMPOSITE'],
    ['CRC32', 'COMPOSITE', 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['CRC32C', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['CRC64NVME', undefined, 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['SHA256', undefined, 'COMPOSITE'],
    ['SHA1', 'COMPOSITE', 'COMPOSITE'],
    [undefined, undefined, undefined],
  ])('with %s and the type %s has the type %s', async (algorithm, type, told) => {
    const { ChecksumAlgorithm, ChecksumType } = await begin(algorithm, type);
    expect([ChecksumAlgorithm, ChecksumType]).toEqual([algorithm, told]);
  });

  it.each([
    ['CRC64NVME', 'COMPOSITE', 'COMPOSITE checksum type cannot be used with the CRC64NVME'],
    ['SHA256', 'FULL_OBJECT', 'FULL_OBJECT checksum type cannot be used with the SHA256'],
    [undefined, 'COMPOSITE', 'can only be used with the x-amz-checksum-algorithm header'],
  ])('with %s and the type %s is refused', async (algorithm, type, message) => {
    await expect(begin(algorithm, type)).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining(message),
    });
  });
});

describe('a part', () => {
  const send = (UploadId: string | undefined, checksum: object, PartNumber = 1) =>
    s3.client.send(
      new UploadPartCommand({ ...key, UploadId, PartNumber, Body: 'abc', ...checksum }),
    );
  const right = { ChecksumCRC32: 'NSRBwg==' };
  const other = { ChecksumSHA1: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=' };

  it('takes the checksum that its upload began with, and no other', async () => {
    const { UploadId } = await begin('CRC32');
    expect(await send(UploadId, right)).toMatchObject(right);
    // One that says none gets it all the same.
    expect(await send(UploadId, {})).toMatchObject(right);
    await expect(send(UploadId, other)).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining('expected checksum Type: crc32, actual checksum Type: sha1'),
    });
    await expect(send(UploadId, { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
    const { ChecksumAlgorithm, Parts } = await s3.client.send(
      new ListPartsCommand({ ...key, UploadId }),
    );
    expect([ChecksumAlgorithm, Parts?.map(({ ChecksumCRC32 }) => ChecksumCRC32)]).toEqual([
      'CRC32',
      ['NSRBwg=='],
    ]);
  });

  it('takes any checksum when its upload began with none', async () => {
    const { UploadId } = await begin();
    expect(await send(UploadId, right)).toMatchObject(right);
    expect(await send(UploadId, other)).toMatchObject(other);
  });

  it.each([1, 10_000])('has the number %i', async (number) => {
    const { UploadId } = await begin();
    expect((await send(UploadId, {}, number)).ETag).toBe('"900150983cd24fb0d6963f7d28e17f72"');
  });

  it.each([0, 10_001, -1, 1.5])('has no number %d', async (number) => {
    const { UploadId } = await begin();
    await expect(send(UploadId, {}, number)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('a completed upload', () => {
  const complete = async (algorithm: string | undefined, more: object) => {
    const { UploadId } = await begin(algorithm);
    const part = new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: 'abc' });
    const { ETag, ChecksumCRC32 } = await s3.client.send(part);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] };
    return s3.client.send(
      new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload, ...more }),
    );
  };

  it('has the size, type and checksum that are named, or none named', async () => {
    const { ChecksumCRC32 = '' } = await complete('CRC32', {});
    expect(ChecksumCRC32).toMatch(/^.{6}==-1$/);
    for (const more of [
      { MpuObjectSize: 3 },
      { ChecksumType: 'COMPOSITE' },
      { ChecksumCRC32 },
      { ChecksumCRC32: ChecksumCRC32.slice(0, -2) },
    ])
      expect(await complete('CRC32', more)).toMatchObject({ ChecksumCRC32 });
  });

  it.each([
    ['CRC32', { MpuObjectSize: 4 }, 'InvalidRequest', 'the parts together have 3 bytes'],
    ['CRC32', { ChecksumType: 'FULL_OBJECT' }, 'InvalidRequest', 'type COMPOSITE, not FULL_OBJECT'],
    [undefined, { ChecksumType: 'COMPOSITE' }, 'InvalidRequest', 'type none, not COMPOSITE'],
    ['CRC32', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest', 'CRC32 you specified did not match'],
    ['CRC32', { ChecksumSHA1: 'AAAA' }, 'InvalidRequest', 'not created with the checksum'],
    [undefined, { ChecksumCRC32: 'AAAAAA==' }, 'InvalidRequest', 'not created with the checksum'],
  ])('of %s is refused with %j', async (algorithm, more, name, message) => {
    await expect(complete(algorithm, more)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

describe('a copy', () => {
  const ChecksumCRC32 = 'NSRBwg==';
  beforeAll(async () => {
    await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'with', Body: 'abc' }));
    await s3.fetch('/box/without', { method: 'PUT', body: 'abc' });
  });

  it('has the checksum of its source, none if that has none, or the one that is asked for', async () => {
    const copy = async (source: string, more: object = {}) => {
      const CopySource = `box/${source}`;
      const command = new CopyObjectCommand({ Bucket: 'box', Key: 'copy', CopySource, ...more });
      return (await s3.client.send(command)).CopyObjectResult;
    };
    const ETag = '"900150983cd24fb0d6963f7d28e17f72"';
    expect(await copy('with')).toMatchObject({ ETag, ChecksumCRC32 });
    expect(await copy('without')).toEqual({ ETag, LastModified: expect.any(Date) });
    expect(await copy('without', { ChecksumAlgorithm: 'CRC32' })).toMatchObject({ ChecksumCRC32 });
  });

  it('into a part has the checksum of its upload, none if that has none', async () => {
    const copy = async (algorithm?: string) => {
      const { UploadId } = await begin(algorithm);
      const part = { ...key, UploadId, PartNumber: 1, CopySource: 'box/with' };
      return (await s3.client.send(new UploadPartCopyCommand(part))).CopyPartResult;
    };
    expect(await copy('CRC32')).toMatchObject({ ChecksumCRC32 });
    expect(Object.keys((await copy()) ?? {}).sort()).toEqual(['ETag', 'LastModified']);
  });
});
