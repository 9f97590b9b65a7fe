import {
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

const keys = [
  'a',
  'a/b',
  'models/rf/v1/model.onnx',
  'models/rf/v2/model.onnx',
  'models/svr/v1/x',
  'sp ace+&<é\u0001>',
  'z/',
];

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
  for (const Key of keys) {
    await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key, Body: Key }));
  }
});
afterAll(() => s3.remove());

describe('ListObjectsV2', () => {
  it('gives every key with size and ETag, in order', async () => {
    const { Contents } = await s3.client.send(
      new ListObjectsV2Command({ Bucket: 'box', EncodingType: 'url' }),
    );
    const decoded = Contents?.map(({ Key = '' }) => decodeURIComponent(Key.replaceAll('+', ' ')));
    expect(decoded).toEqual(keys);
    expect(Contents?.[0]).toMatchObject({
      Size: 1,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    });
  });

  it.each([
    [true, '000000000000'],
    [false, undefined],
  ])('tells the owner only when asked for (%s)', async (FetchOwner, owner) => {
    const { Contents } = await s3.client.send(
      new ListObjectsV2Command({ Bucket: 'box', FetchOwner }),
    );
    expect(Contents?.map(({ Owner }) => Owner?.ID)).toEqual(keys.map(() => owner));
  });

  it('rolls keys up into folders', async () => {
    const answer = await s3.client.send(
      new ListObjectsV2Command({ Bucket: 'box', Prefix: 'models/', Delimiter: '/' }),
    );
    expect(answer.CommonPrefixes).toEqual([{ Prefix: 'models/rf/' }, { Prefix: 'models/svr/' }]);
    expect(answer.Contents ?? []).toEqual([]);
    expect(answer.KeyCount).toBe(2);
  });

  it.each([1, 2, 3])('pages through everything %i at a time', async (MaxKeys) => {
    const found: (string | undefined)[] = [];
    const pages = paginateListObjectsV2(
      { client: s3.client },
      { Bucket: 'box', Delimiter: '/', MaxKeys },
    );
    for await (const page of pages) {
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
    }
    expect(found.sort()).toEqual(['a', 'a/', 'models/', 'sp ace+&<é\u0001>', 'z/']);
  });

  it('begins after a key', async () => {
    const answer = await s3.client.send(
      new ListObjectsV2Command({
        Bucket: 'box',
        StartAfter: 'models/rf/v1/model.onnx',
        MaxKeys: 1,
      }),
    );
    expect(answer.Contents?.[0]?.Key).toBe('models/rf/v2/model.onnx');
    expect(answer.IsTruncated).toBe(true);
  });

  it('refuses a token it did not give', async () => {
    const answer = s3.client.send(
      new ListObjectsV2Command({ Bucket: 'box', ContinuationToken: '%' }),
    );
    await expect(answer).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('ListObjects', () => {
  it('goes on behind the marker, folders not repeated', async () => {
    const first = await s3.client.send(
      new ListObjectsCommand({ Bucket: 'box', Delimiter: '/', MaxKeys: 3 }),
    );
    expect(first.NextMarker).toBe('models/');
    const second = await s3.client.send(
      new ListObjectsCommand({ Bucket: 'box', Delimiter: '/', Marker: first.NextMarker }),
    );
    expect(second.CommonPrefixes).toEqual([{ Prefix: 'z/' }]);
    expect(second.IsTruncated).toBe(false);
  });
});
