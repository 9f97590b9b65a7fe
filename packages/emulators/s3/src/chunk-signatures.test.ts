import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { hmac, signingKey } from '@chorus/emulator-aws';
import { signHeaders, testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAwsChunkedDecoder } from './aws-chunked.ts';
import { S3Error } from './errors.ts';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

const kibibyte = 1024;

/** Returns the examples of the S3 API reference: 65 kB of the letter a in two chunks, and one without bytes. */
function example(seed: string, signatures: readonly string[], trailers = '') {
  const scope = '20130524/us-east-1/s3/aws4_request';
  const key = signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope);
  const sizes = [64 * kibibyte, kibibyte, 0];
  const chunks = sizes.map(
    (size, i) =>
      `${size.toString(16)};chunk-signature=${signatures[i]}\r\n${'a'.repeat(size)}${size > 0 ? '\r\n' : ''}`,
  );
  const signing = { key, scope, seed, date: '20130524T000000Z' };
  return { signing, body: `${chunks.join('')}${trailers}\r\n` };
}

const plain = example('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9', [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
]);
const trailing = example(
  '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  ],
  'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n',
);

function decode({ signing, body }: typeof plain): number {
  const decoder = createAwsChunkedDecoder(signing);
  // In pieces, as a network delivers it.
  let size = 0;
  for (let start = 0; start < body.length; start += 999) {
    const payload = decoder.push(Buffer.from(body.slice(start, start + 999)));
    size += payload.reduce((sum, bytes) => sum + bytes.length, 0);
  }
  decoder.end();
  return size;
}

describe('signed chunks', () => {
  it('are taken as in the examples of the S3 API reference', () => {
    expect(decode(plain)).toBe(65 * kibibyte);
    expect(decode(trailing)).toBe(65 * kibibyte);
  });

  it.each([
    ['a changed byte', plain, (body: string) => body.replace('aaa', 'aab')],
    [
      'a changed byte of the last chunk',
      plain,
      (body: string) => body.replace('a\r\n0;', 'b\r\n0;'),
    ],
    ['another signature', plain, (body: string) => body.replace('=ad80', '=ad81')],
    ['another last signature', plain, (body: string) => body.replace('=b6c6', '=b6c7')],
    ['no signature', plain, (body: string) => body.replace(/;chunk-signature=0055\w+/, '')],
    ['a chunk left out', plain, (body: string) => body.replace(/400;[\s\S]*?\r\n0;/, '0;')],
    ['a changed trailer', trailing, (body: string) => body.replace('sOO8', 'sOO9')],
    ['no signature of trailers', trailing, (body: string) => body.replace(/x-amz-tr.*\r\n/, '')],
  ])('are refused with %s', (_, { signing, body }, change) => {
    expect(change(body)).not.toBe(body);
    expect(() => decode({ signing, body: change(body) })).toThrow(S3Error);
  });
});

describe('a body of signed chunks', () => {
  let s3: RunningS3;
  beforeAll(async () => {
    s3 = await startS3();
  });
  afterAll(() => s3.remove());

  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  async function put(
    secret: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const url = `${s3.url}/box/k`;
    const described = {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'x-amz-decoded-content-length': '5',
      ...more,
    };
    const signing = { url, method: 'PUT', service: 's3', credentials: testCredentials } as const;
    const { host: _, ...headers } = await signHeaders({ ...signing, headers: described });
    const { scope = '', seed = '' } =
      /Credential=[^/]+\/(?<scope>[^,]+),.*Signature=(?<seed>\w+)/.exec(
        headers['authorization'] ?? '',
      )?.groups ?? {};
    let previous = seed;
    const chunk = (bytes: string): string => {
      const text = `AWS4-HMAC-SHA256-PAYLOAD\n${headers['x-amz-date']}\n${scope}\n${previous}\n${sha256('')}\n${sha256(bytes)}`;
      previous = hmac(signingKey(secret, scope), text).toString('hex');
      return `${bytes.length.toString(16)};chunk-signature=${previous}\r\n${bytes}\r\n`;
    };
    return fetch(url, { method: 'PUT', body: `${chunk('hello')}${chunk('')}`, headers });
  }

  it('is stored when the secret is the right one, and leaves nothing when it is not', async () => {
    const read = () => s3.client.send(new GetObjectCommand({ Bucket: 'box', Key: 'k' }));
    const forged = await put('guessed');
    expect(forged.status).toBe(403);
    expect(await forged.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' });

    expect((await put(testCredentials.secretAccessKey)).status).toBe(200);
    expect(await (await read()).Body?.transformToString()).toBe('hello');
  });

  it('is refused when its chunks are signed in another way', async () => {
    const other = 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD';
    const answer = await put(testCredentials.secretAccessKey, { 'x-amz-content-sha256': other });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain(other);
  });
});
