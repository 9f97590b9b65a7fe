import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { isS3Request, looksLikeS3 } from './index.ts';

describe('isS3Request', () => {
  const presigned = getSignedUrl(
    new S3Client({
      endpoint: 'http://127.0.0.1:1',
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    new GetObjectCommand({ Bucket: 'box', Key: 'k' }),
  );
  const scope = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=ab`,
  });

  it('knows S3 by the scope of the signature', async () => {
    expect(isS3Request({ url: '/', headers: scope('s3') })).toBe(true);
    expect(isS3Request({ url: '/', headers: scope('lambda') })).toBe(false);
    expect(isS3Request({ url: await presigned, headers: {} })).toBe(true);
    expect(isS3Request({ url: '/b/k?AWSAccessKeyId=a&Signature=b&Expires=1', headers: {} })).toBe(
      true,
    );
    expect(isS3Request({ url: '/', headers: { authorization: 'AWS local:c2lnbmF0dXJl' } })).toBe(
      true,
    );
    expect(isS3Request({ url: '/predict/a?x=/s3/aws4_request', headers: {} })).toBe(false);
  });
});

describe('looksLikeS3', () => {
  const form = { 'content-type': 'multipart/form-data; boundary=x' };
  const hasBucket = (name: string): boolean => name === 'box';

  it.each([
    ['GET', '/box', {}],
    ['GET', '/box?list-type=2', {}],
    ['PUT', '/box/a/b', {}],
    ['GET', '/a', { host: 'box.localhost:8787' }],
    ['PUT', '/other/a', { 'x-amz-acl': 'public-read' }],
    ['PUT', '/other/a', { 'x-amz-meta-a': 'b' }],
    ['POST', '/', form],
    ['POST', '/other', form],
    ['POST', '/other/', form],
  ])('knows %s %s with %j', (method, url, headers) => {
    expect(looksLikeS3({ method, url, headers }, hasBucket)).toBe(true);
  });

  it.each([
    ['GET', '/', {}],
    ['GET', '/boxes', {}],
    ['GET', '/a', { host: 'other.localhost:8787' }],
    ['GET', '/predict/box', {}],
    ['GET', '/v2/health/ready', { host: 'localhost:8787' }],
    ['POST', '/predict/a', form],
    ['POST', '/', { 'content-type': 'application/json' }],
    ['PUT', '/', form],
    ['POST', '/', { 'x-amz-target': 'DynamoDB_20120810.GetItem' }],
    ['GET', '/other/a', { 'x-amzn-trace-id': 'Root=1' }],
  ])('leaves %s %s with %j to others', (method, url, headers) => {
    expect(looksLikeS3({ method, url, headers }, hasBucket)).toBe(false);
  });
});
