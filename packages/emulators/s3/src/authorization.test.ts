import { createHmac } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

/** The server's clock, at a full second since signatures know no smaller unit. */
const start = Date.UTC(2026, 0, 1);
let clock = start;
let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3({ now: () => clock });
  await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'shared' }));
});
afterAll(() => s3.remove());

async function ask(path: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(new URL(path, s3.url), init);
  const text = await answer.text();
  const [code, message] = ['Code', 'Message'].map(
    (name) => new RegExp(`<${name}>(.*)</${name}>`).exec(text)?.[1],
  );
  return code === undefined ? `${answer.status}` : `${answer.status} ${code}: ${message}`;
}

describe('a request without a signature', () => {
  it.each([
    ['GET', '/box/k'],
    ['GET', '/box'],
    ['GET', '/'],
    ['PUT', '/box/k'],
    ['PUT', '/another-box'],
    ['DELETE', '/box/k'],
    ['POST', '/box?delete'],
  ])('is denied (%s %s)', async (method, path) => {
    expect(await ask(path, { method })).toEqual(
      expect.stringMatching(/^403 AccessDenied: The request is not signed\./),
    );
  });

  it('by an HTML form is refused by name', async () => {
    const body = new FormData();
    body.set('key', 'k');
    body.set('file', new Blob(['x']));
    for (const path of ['/', '/box']) {
      expect(await ask(path, { method: 'POST', body })).toMatch(
        /^501 NotImplemented: .*PostObject.*multipart\/form-data/,
      );
    }
  });
});

describe('another signature', () => {
  it.each(['AWS local:c2lnbmF0dXJl', 'Bearer x', 'AWS4-ECDSA-P256-SHA256 Credential=x'])(
    '(%s) is refused as on S3',
    async (authorization) => {
      expect(await ask('/box/k', { headers: { authorization } })).toMatch(
        /^400 InvalidRequest: .*Please use AWS4-HMAC-SHA256\.$/,
      );
    },
  );
});

const read = new GetObjectCommand({ Bucket: 'box', Key: 'k' });

/** A URL signed `seconds` after the server's clock. */
function presigned(seconds: number, expiresIn: number): Promise<string> {
  const signingDate = new Date(start + seconds * 1000);
  return getSignedUrl(s3.client, read, { expiresIn, signingDate });
}

describe('a presigned URL', () => {
  it('is refused with a second signature in the header', async () => {
    expect(
      await ask(await presigned(0, 60), {
        headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
      }),
    ).toMatch(/^400 InvalidArgument: Only one auth mechanism allowed/);
  });

  it('may live for a week and not longer', async () => {
    const url = await presigned(0, 604_800);
    expect(await ask(url)).toBe('200');
    for (const seconds of ['0', '604801', '-1', '1.5', '']) {
      expect(await ask(url.replace('Expires=604800', `Expires=${seconds}`))).toMatch(
        /^400 AuthorizationQueryParametersError/,
      );
    }
  });

  it('may be signed 15 minutes ahead of the clock and not more', async () => {
    expect(await ask(await presigned(900, 60))).toBe('200');
    expect(await ask(await presigned(901, 60))).toBe('403 AccessDenied: Request is not yet valid');
  });

  it('lives to the end of its last second', async () => {
    const url = await presigned(0, 60);
    clock = start + 60_000;
    expect(await ask(url)).toBe('200');
    clock += 1;
    expect(await ask(url)).toBe('403 AccessDenied: Request has expired');
    clock = start;
  });

  it('is refused with a date that is not the one of its scope', async () => {
    const url = await presigned(0, 60);
    expect(await ask(url.replace('Date=20260101', 'Date=20260102'))).toMatch(
      /^400 AuthorizationQueryParametersError: Invalid credential date/,
    );
  });

  it.each([
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
  ])('is refused without its %s', async (name) => {
    const url = new URL(await presigned(0, 60));
    url.searchParams.delete(name);
    expect(await ask(url.href)).toMatch(/^400 AuthorizationQueryParametersError/);
  });

  it('is refused with more than its signature', async () => {
    expect(await ask((await presigned(0, 60)).replace(/(Signature=\w+)/, '$1zz'))).toMatch(
      /^403 SignatureDoesNotMatch/,
    );
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'is refused that signs a header %s, which is none',
    async (name) => {
      const url = await presigned(0, 60);
      expect(await ask(url.replace('SignedHeaders=host', `SignedHeaders=host%3B${name}`))).toMatch(
        /^403 SignatureDoesNotMatch/,
      );
    },
  );
});

describe('a presigned URL of Signature Version 2', () => {
  const { accessKeyId, secretAccessKey } = testCredentials;
  const url = (expires: string, key = accessKeyId, secret = secretAccessKey): string => {
    const text = `GET\n\n\n${expires}\n/box/k`;
    const signature = createHmac('sha1', secret).update(text).digest('base64');
    return `/box/k?${new URLSearchParams({ AWSAccessKeyId: key, Expires: expires, Signature: signature })}`;
  };

  it('lives to the end of its last second', async () => {
    const now = start / 1000;
    expect(await ask(url(`${now}`))).toBe('200');
    expect(await ask(url(`${now - 1}`))).toBe('403 AccessDenied: Request has expired');
  });

  it('is refused of other keys, and with parts missing', async () => {
    const soon = `${start / 1000 + 60}`;
    expect(await ask(url(soon, 'x'))).toMatch(/^403 InvalidAccessKeyId/);
    expect(await ask(url(soon, accessKeyId, 'x'))).toMatch(/^403 SignatureDoesNotMatch/);
    expect(await ask(url(soon).replace(/&Signature=.*/, ''))).toMatch(/^403 SignatureDoesNotMatch/);
    expect(await ask(url(soon).replace(`AWSAccessKeyId=${accessKeyId}&`, ''))).toMatch(
      /^403 InvalidAccessKeyId/,
    );
    expect(await ask(url('soon'))).toMatch(/^403 AccessDenied: .*requires the Expires parameter/);
  });
});
