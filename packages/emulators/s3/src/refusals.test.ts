import {
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
  await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'untouched' }));
});
afterAll(() => s3.remove());

const object = { Bucket: 'box', Key: 'k' };

describe('what the local S3 does not do', () => {
  it.each([
    [
      '?tagging',
      () => s3.client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } })),
    ],
    ['?tagging', () => s3.client.send(new GetObjectTaggingCommand(object))],
    ['?acl', () => s3.client.send(new PutObjectAclCommand({ ...object, ACL: 'public-read' }))],
    ['?versioning', () => s3.client.send(new GetBucketVersioningCommand({ Bucket: 'box' }))],
    [
      '?versioning',
      () =>
        s3.client.send(
          new PutBucketVersioningCommand({
            Bucket: 'box',
            VersioningConfiguration: { Status: 'Enabled' },
          }),
        ),
    ],
    [
      '?notification',
      () =>
        s3.client.send(
          new PutBucketNotificationConfigurationCommand({
            Bucket: 'box',
            NotificationConfiguration: {},
          }),
        ),
    ],
    ['?versionId', () => s3.client.send(new GetObjectCommand({ ...object, VersionId: '1' }))],
    ['?partNumber', () => s3.client.send(new GetObjectCommand({ ...object, PartNumber: 1 }))],
    [
      'x-amz-tagging',
      () => s3.client.send(new PutObjectCommand({ ...object, Body: 'x', Tagging: 'a=b' })),
    ],
    [
      'x-amz-acl',
      () => s3.client.send(new PutObjectCommand({ ...object, Body: 'x', ACL: 'public-read' })),
    ],
    [
      'x-amz-server-side-encryption',
      () =>
        s3.client.send(
          new PutObjectCommand({ ...object, Body: 'x', ServerSideEncryption: 'aws:kms' }),
        ),
    ],
    [
      'x-amz-storage-class',
      () => s3.client.send(new PutObjectCommand({ ...object, Body: 'x', StorageClass: 'GLACIER' })),
    ],
    [
      'If-None-Match',
      () => s3.client.send(new PutObjectCommand({ ...object, Body: 'x', IfNoneMatch: '"abc"' })),
    ],
  ])('is refused with 501 naming %s', async (what, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(what),
      $metadata: { httpStatusCode: 501 },
    });
  });

  it('leaves the object as it was', async () => {
    const head = await s3.client.send(new HeadObjectCommand(object));
    expect(head.ContentLength).toBe('untouched'.length);
  });

  it('is not done for another owner', async () => {
    const head = new HeadObjectCommand({ ...object, ExpectedBucketOwner: '111111111111' });
    await expect(s3.client.send(head)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is told from a method nobody knows', async () => {
    const answer = await s3.fetch('/box/k', { method: 'PATCH' });
    expect(answer.status).toBe(405);
    expect(await answer.text()).toContain('<Code>MethodNotAllowed</Code>');
  });
});

describe('errors', () => {
  it('name code, resource and request', async () => {
    const answer = await s3.fetch('/box/no%20key');
    const id = answer.headers.get('x-amz-request-id');
    expect(answer.headers.get('content-type')).toBe('application/xml');
    expect(await answer.text()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Resource>/box/no%20key</Resource><Key>no key</Key><RequestId>${id}</RequestId></Error>`,
    );
  });

  it.each([
    ['/box/%ff', 'GET', '', '400 InvalidURI'],
    ['//k', 'GET', '', '400 InvalidURI'],
    ['/box?list-type=2&max-keys=many', 'GET', '', '400 InvalidArgument'],
    ['/box?delete', 'POST', '<Delete><Object>', '400 MalformedXML'],
    ['/box?delete', 'POST', '<Other/>', '400 MalformedXML'],
    ['/box?delete', 'POST', '<Delete></Delete>', '400 MalformedXML'],
    ['/box/k?uploadId=none', 'DELETE', '', '404 NoSuchUpload'],
  ])('%s (%s) is answered as S3 would', async (path, method, body, expected) => {
    const answer = await s3.fetch(path, { method, ...(body && { body }) });
    const code = /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1];
    expect(`${answer.status} ${code}`).toBe(expected);
  });
});
