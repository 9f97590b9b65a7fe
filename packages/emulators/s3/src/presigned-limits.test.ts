import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

/** A moment in whole seconds, as signatures have them. */
const then = Math.floor(Date.now() / 1000) * 1000;
let clock = then;
let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3({ now: () => clock });
  await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'shared' }));
});
beforeEach(() => {
  clock = then;
});
afterAll(() => s3.remove());

const presign = (expiresIn: number, signedAt = then): Promise<string> =>
  getSignedUrl(s3.client, new GetObjectCommand({ Bucket: 'box', Key: 'k' }), {
    expiresIn,
    signingDate: new Date(signedAt),
  });

/** Asks for a URL, and returns the status and, of a refusal, its code and message. */
async function ask(url: string): Promise<string> {
  const answer = await fetch(url);
  const text = await answer.text();
  const part = (name: string) => new RegExp(`<${name}>(.*)</${name}>`).exec(text)?.[1] ?? '';
  return answer.ok ? text : `${answer.status} ${part('Code')} ${part('Message')}`;
}

describe('a presigned URL', () => {
  it.each([1, 60, 604_800])('is good for all of its %i seconds, and no longer', async (seconds) => {
    const url = await presign(seconds);
    for (const [passed, answer] of [
      [0, 'shared'],
      [seconds * 1000, 'shared'],
      [seconds * 1000 + 1, '403 AccessDenied Request has expired'],
    ] as const) {
      clock = then + passed;
      expect(await ask(url)).toBe(answer);
    }
  });

  it.each(['0', '604801'])('is not good for %s seconds', async (seconds) => {
    expect(await ask((await presign(60)).replace('Expires=60', `Expires=${seconds}`))).toBe(
      '400 AuthorizationQueryParametersError X-Amz-Expires must be from 1 to 604800 seconds.',
    );
  });

  it('may be signed by a clock that is a quarter of an hour ahead, and no more', async () => {
    expect(await ask(await presign(60, then + 900_000))).toBe('shared');
    expect(await ask(await presign(60, then + 901_000))).toBe(
      '403 AccessDenied Request is not yet valid',
    );
  });

  it.each([
    ['another algorithm', /AWS4-HMAC-SHA256/, 'AWS4-HMAC-SHA512'],
    ['no signature', /&X-Amz-Signature=\w+/, ''],
    ['no signed host', /SignedHeaders=host/, 'SignedHeaders=accept'],
    ['no signed headers', /&X-Amz-SignedHeaders=host/, ''],
    ['no date', /&X-Amz-Date=\w+/, ''],
    ['a date that is none', /X-Amz-Date=(\d{8})T\d+Z/, 'X-Amz-Date=$1T999999Z'],
    ['the date of another day', /X-Amz-Date=\d{8}/, 'X-Amz-Date=20200101'],
    ['no expiry', /&X-Amz-Expires=60/, ''],
    ['an expiry that is no number', /Expires=60/, 'Expires=6e1'],
    ['no credential', /&X-Amz-Credential=[^&]+/, ''],
    ['the credential of another service', /%2Fs3%2F/, '%2Fsts%2F'],
  ])('with %s is refused for its parameters', async (_, part, other) => {
    const url = await presign(60);
    const changed = url.replace(part, other);
    expect(changed).not.toBe(url);
    expect(await ask(changed)).toMatch(/^400 AuthorizationQueryParametersError /);
  });
});

it('a presigned URL of Version 2 is good up to its moment', async () => {
  const url = `${s3.url}/box/k?AWSAccessKeyId=x&Signature=x&Expires=${then / 1000}`;
  expect(await ask(url)).toMatch(/^403 InvalidAccessKeyId/);
  clock = then + 1;
  expect(await ask(url)).toBe('403 AccessDenied Request has expired');
  for (const expires of ['', 'soon', '1'.repeat(13)])
    expect(await ask(url.replace(/Expires=\d+/, `Expires=${expires}`))).toMatch(
      /^403 AccessDenied Query-string authentication requires/,
    );
});
