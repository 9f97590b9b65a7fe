import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
/** How far the server's clock is ahead, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  s3 = await startS3({ now: () => Date.now() + ahead });
  await s3.client.send(
    new PutObjectCommand({
      Bucket: 'box',
      Key: 'sp ace/ü+',
      Body: 'shared',
      ContentType: 'text/a',
    }),
  );
});
afterAll(() => s3.remove());

const download = (more: object = {}): Promise<string> =>
  getSignedUrl(s3.client, new GetObjectCommand({ Bucket: 'box', Key: 'sp ace/ü+', ...more }), {
    expiresIn: 60,
  });

const code = async (answer: Response): Promise<string> =>
  `${answer.status} ${/<Code>(.*)<\/Code>/.exec(await answer.text())?.[1] ?? 'ok'}`;

describe('presigned downloads', () => {
  it('need nothing but the URL', async () => {
    const answer = await fetch(await download());
    expect([answer.status, await answer.text()]).toEqual([200, 'shared']);
  });

  it('answer with the headers the signer chose', async () => {
    const answer = await fetch(await download({ ResponseContentType: 'text/b' }));
    expect(answer.headers.get('content-type')).toBe('text/b');
  });

  it('end when they expire', async () => {
    const url = await download();
    ahead = 61_000;
    const answer = await fetch(url);
    ahead = 0;
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Message>Request has expired</Message>');
  });

  it.each([
    ['another key', (url: string) => url.replace('sp%20ace', 'sp%20acf')],
    ['a longer life', (url: string) => url.replace('Expires=60', 'Expires=600')],
    ['another signature', (url: string) => url.replace(/Signature=./, 'Signature=x')],
    ['a parameter more', (url: string) => `${url}&response-content-type=text/html`],
  ])('do not stretch to %s', async (_, tamper) => {
    expect(await code(await fetch(tamper(await download())))).toBe('403 SignatureDoesNotMatch');
  });

  it('do not stretch to another method', async () => {
    const answer = await fetch(await download(), { method: 'DELETE' });
    expect(await code(answer)).toBe('403 SignatureDoesNotMatch');
  });

  it('are refused when signed with a foreign key', async () => {
    const stranger = s3.newClient({ credentials: { ...testCredentials, accessKeyId: 'x' } });
    const forger = s3.newClient({ credentials: { ...testCredentials, secretAccessKey: 'x' } });
    const command = new GetObjectCommand({ Bucket: 'box', Key: 'sp ace/ü+' });
    expect(await code(await fetch(await getSignedUrl(stranger, command)))).toBe(
      '403 InvalidAccessKeyId',
    );
    expect(await code(await fetch(await getSignedUrl(forger, command)))).toBe(
      '403 SignatureDoesNotMatch',
    );
  });
});

describe('presigned uploads', () => {
  const upload = (more: object = {}): Promise<string> =>
    getSignedUrl(
      s3.client,
      new PutObjectCommand({
        Bucket: 'box',
        Key: 'upload',
        ContentType: 'image/png',
        ContentLength: 5,
        Metadata: { from: 'browser' },
        ...more,
      }),
      { expiresIn: 60, signableHeaders: new Set(['content-type', 'content-length']) },
    );

  it('store the bytes with what the signer said about them', async () => {
    const headers = { 'content-type': 'image/png' };
    const answer = await fetch(await upload(), { method: 'PUT', body: '12345', headers });
    expect(await code(answer)).toBe('200 ok');
    const found = await s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'upload' }));
    expect(found).toMatchObject({ ContentType: 'image/png', Metadata: { from: 'browser' } });
  });

  it.each([
    ['more bytes', '123456', 'image/png'],
    ['another type', '12345', 'text/html'],
  ])('take no %s than were signed', async (_, body, type) => {
    const headers = { 'content-type': type };
    const answer = await fetch(await upload(), { method: 'PUT', body, headers });
    expect(await code(answer)).toBe('403 SignatureDoesNotMatch');
  });

  it('come from web pages where the bucket lets them, and nowhere else', async () => {
    await s3.service.createBucket('pages', { browserUploads: true });
    const answers = async (bucket: string) => {
      const url = await upload({ Bucket: bucket, Metadata: undefined });
      const origin = 'https://example.org';
      const question = await fetch(url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'content-type',
        },
      });
      const headers = { origin, 'content-type': 'image/png' };
      const answer = await fetch(url, { method: 'PUT', body: '12345', headers });
      return [question, answer].map((each) => [
        each.status,
        each.headers.get('access-control-allow-origin'),
        each.headers.get('access-control-allow-headers'),
      ]);
    };
    expect(await answers('pages')).toEqual([
      [200, '*', 'content-type'],
      [200, '*', null],
    ]);
    expect(await answers('box')).toEqual([
      [403, null, null],
      [200, null, null],
    ]);
  });

  it('take no body whose length is not said', async () => {
    const { port } = new URL(s3.url);
    const { pathname, search } = new URL(await upload());
    const put = request({ port, method: 'PUT', path: `${pathname}${search}` });
    put.setHeader('content-type', 'image/png').setHeader('transfer-encoding', 'chunked');
    put.end('12345');
    const [answer] = await once(put, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(403);
  });

  it('take no x-amz header that was not signed', async () => {
    const headers = { 'content-type': 'image/png', 'x-amz-meta-more': '1' };
    const answer = await fetch(await upload(), { method: 'PUT', body: '12345', headers });
    expect(await code(answer)).toBe('403 AccessDenied');
  });
});

describe('URLs of Signature Version 2, which boto3 makes', () => {
  function signed(method: string, path: string, expires: number): string {
    const signature = createHmac('sha1', testCredentials.secretAccessKey)
      .update(`${method}\n\n\n${expires}\n${path}`)
      .digest('base64');
    const query = new URLSearchParams({
      AWSAccessKeyId: testCredentials.accessKeyId,
      Expires: `${expires}`,
      Signature: signature,
    });
    return `${s3.url}${path}?${query}`;
  }
  const soon = Math.floor(Date.now() / 1000) + 600;

  it('grant what was signed, until they expire', async () => {
    const path = '/box/sp%20ace/%C3%BC%2B';
    expect(await code(await fetch(signed('GET', path, soon)))).toBe('200 ok');
    expect(await code(await fetch(signed('PUT', path, soon)))).toBe('403 SignatureDoesNotMatch');
    expect(await code(await fetch(signed('GET', path, 1)))).toBe('403 AccessDenied');
  });
});
