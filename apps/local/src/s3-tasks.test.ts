import { signedFetch } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Bucket,
  type Integration,
  named,
  startTaskCloud,
  type TaskCloud,
} from './testing/task-cloud.ts';

let tasks: TaskCloud;
beforeAll(async () => {
  tasks = await startTaskCloud();
});
afterAll(() => tasks.close());

const ask: TaskCloud['ask'] = (...asked) => tasks.ask(...asked);

/** Puts an object without a task. */
const putBytes = (key: string, body: Uint8Array<ArrayBuffer>): Promise<Response> =>
  signedFetch({
    url: `${tasks.cloud.url}/chorus-papers/${key}`,
    service: 's3',
    credentials: tasks.cloud.credentials,
    method: 'PUT',
    body,
  });

describe('S3', () => {
  it('writes any value as JSON, and reads an object as text', async () => {
    for (const [name, value] of Object.entries({
      text: 'a "text"',
      object: { deep: [1, null] },
      list: ['a'],
      no: false,
      zero: 0,
    })) {
      const written = await ask('aws-sdk:s3:putObject', { Bucket, Key: name, Body: value });
      expect(written).toEqual({ ETag: expect.stringMatching(/^"\w{32}"$/) });
      const body = JSON.stringify(value);
      expect(await ask('aws-sdk:s3:getObject', { Bucket, Key: name })).toEqual({
        AcceptRanges: 'bytes',
        Body: body,
        ContentLength: Buffer.byteLength(body),
        ContentType: expect.any(String),
        ETag: written['ETag'],
        LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        Metadata: {},
      });
    }
  });

  it('reads part of an object, an empty one, and one with metadata', async () => {
    await putBytes('empty', Buffer.of());
    expect(await ask('aws-sdk:s3:getObject', { Bucket, Key: 'empty' })).toMatchObject({ Body: '' });
    const Metadata = { by: 'me' };
    const type = { ContentType: 'text/x-own', Metadata };
    await ask('aws-sdk:s3:putObject', { Bucket, Key: 'own', Body: 'äbc', ...type });
    const read = await ask('aws-sdk:s3:getObject', { Bucket, Key: 'own', Range: 'bytes=1-2' });
    expect(read).toMatchObject({ ...type, Body: 'ä', ContentRange: 'bytes 1-2/6' });
  });

  it('lists objects page by page', async () => {
    for (const name of ['l/1', 'l/2', 'l/in/3'])
      await ask('aws-sdk:s3:putObject', { Bucket, Key: name, Body: 1 });
    const list = { Bucket, Prefix: 'l/', Delimiter: '/' };
    const first = await ask('aws-sdk:s3:listObjectsV2', { ...list, MaxKeys: 1 });
    expect(first).toMatchObject({
      Contents: [
        {
          Key: 'l/1',
          Size: 1,
          StorageClass: 'STANDARD',
          LastModified: expect.stringMatching(/Z$/),
        },
      ],
      IsTruncated: true,
      KeyCount: 1,
      Name: Bucket,
      Prefix: 'l/',
    });
    const ContinuationToken = first['NextContinuationToken'];
    expect(await ask('aws-sdk:s3:listObjectsV2', { ...list, ContinuationToken })).toMatchObject({
      Contents: [{ Key: 'l/2' }],
      CommonPrefixes: [{ Prefix: 'l/in/' }],
      IsTruncated: false,
    });
    const none = await ask('aws-sdk:s3:listObjectsV2', { Bucket, Prefix: 'nothing/' });
    expect(none).toMatchObject({ KeyCount: 0 });
    expect(none).not.toHaveProperty('Contents');
  });

  it.each<[Integration, object, string, RegExp]>([
    [
      'aws-sdk:s3:getObject',
      { Bucket, Key: 'no-such-key' },
      'S3.NoSuchKeyException',
      /^The specified key does not exist\.? \(Service: S3, Status Code: 404, Request ID: /,
    ],
    [
      'aws-sdk:s3:listObjectsV2',
      { Bucket: 'no-such-bucket' },
      'S3.NoSuchBucketException',
      /Status Code: 404/,
    ],
    [
      'aws-sdk:s3:putObject',
      { Bucket, Key: 'no-such-key', Body: 1, IfMatch: '"etag"' },
      'S3.NoSuchKeyException',
      /Status Code: 404/,
    ],
    [
      'aws-sdk:s3:getObject',
      { Bucket, Key: 'text', Range: 'bytes=99-' },
      'S3.S3Exception',
      /Status Code: 416/,
    ],
  ])('names what %s refuses as AWS does: %j', async (resource, parameters, error, cause) => {
    await ask('aws-sdk:s3:putObject', { Bucket, Key: 'text', Body: 'short' });
    expect(await ask(resource, parameters)).toEqual({
      Error: error,
      Cause: expect.stringMatching(cause),
    });
  });

  it('gives no object over 256 KiB, and none that is no text', async () => {
    await putBytes('large', Buffer.alloc(262_145, 'x'));
    expect(await ask('aws-sdk:s3:getObject', { Bucket, Key: 'large' })).toEqual({
      Error: 'States.DataLimitExceeded',
      Cause: expect.stringContaining("'aws-sdk:s3'"),
    });
    await putBytes('bytes', Buffer.of(0xff, 0xfe, 0x00));
    const bytes = await tasks.run('aws-sdk-s3-getObject', { Bucket, Key: 'bytes' });
    expect(bytes).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('UTF-8'),
    });
  });
});

it.each<[Integration, object, string]>([
  ['aws-sdk:s3:getObject', { Bucket, Key: 5 }, "'Key' must be a STRING"],
  ['aws-sdk:s3:getObject', { Bucket }, "'Key' is required"],
  [
    'aws-sdk:s3:getObject',
    { Bucket, Key: 'a', VersionId: 'v' },
    "does not do the field 'VersionId'",
  ],
])('a task of %s with %j fails where no Catcher sees it', async (resource, parameters, cause) => {
  expect(await tasks.run(named(resource), parameters)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining(cause),
  });
});
