import { Sha256 } from '@chorus/emulator-aws/testing';
import { photoKinds } from '@chorus/photo/kinds';
import { checkUploadKey } from '@chorus/photo/upload-key';
import type { InvocationContext } from '@chorus/runtime/bootstrap';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createUploadsHandler } from './handler.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'secret' };

beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:8787');
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_REGION', 'us-east-1');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function contextOf(): InvocationContext {
  return { requestId: 'r-1', deadlineMs: Date.now() + 10_000, functionArn: 'arn', notes: {} };
}

/** Returns the function's answer to a body. */
async function post(
  body: unknown,
  context: InvocationContext = contextOf(),
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; json: Record<string, unknown> & { error?: string } }> {
  const handler = createUploadsHandler({ bucket: 'photos', hasOwnEndpoint: true });
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const answer = await handler(
    {
      path: '/uploads',
      httpMethod: 'POST',
      requestContext: { requestId: 'api-1' },
      headers,
      body: Buffer.from(sent).toString('base64'),
      isBase64Encoded: true,
    },
    context,
  );
  expect(answer).toMatchObject({
    headers: { 'content-type': 'application/json', 'x-request-id': 'api-1' },
    isBase64Encoded: false,
  });
  const { statusCode, body: json } = answer as { statusCode: number; body: string };
  return { status: statusCode, json: JSON.parse(json) };
}

/** Returns the signature of a PUT to this URL with such a type and length, as AWS's library makes it for S3. */
async function signatureOf(url: URL, type: string, length: number): Promise<unknown> {
  const query = { 'x-id': url.searchParams.get('x-id') };
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const headers = {
    host: url.host,
    'content-type': type,
    'content-length': String(length),
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
  };
  const stamp = url.searchParams.get('X-Amz-Date') ?? '';
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5');
  const { query: signed } = await signer.presign(
    {
      method: 'PUT',
      protocol: 'http:',
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers,
    },
    {
      expiresIn: 900,
      signingDate: new Date(iso),
      signableHeaders: new Set(['host', 'content-type', 'content-length']),
    },
  );
  return signed?.['X-Amz-Signature'];
}

describe('an upload', () => {
  it('is permitted at a key of its own, for a quarter of an hour', async () => {
    const before = Date.now();
    const context = contextOf();
    const { status, json } = await post({ contentType: 'image/jpeg', bytes: 1_234_567 }, context);
    expect(status).toBe(200);
    expect(json).toEqual({
      url: expect.stringContaining('http://127.0.0.1:8787/photos/uploads/'),
      key: expect.stringMatching(/^uploads\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}\.jpg$/),
      headers: { 'content-type': 'image/jpeg' },
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
    });
    const left = Date.parse(String(json['expiresAt'])) - before;
    expect(left).toBeGreaterThan(898_000);
    expect(left).toBeLessThanOrEqual(900_000 + 10_000);
    expect(context.notes).toEqual({ httpRequestId: 'api-1', status: 200 });
    expect(await post({ contentType: 'image/jpeg', bytes: 5 })).not.toMatchObject({
      json: { key: json['key'] },
    });
  });

  it('has its type and size in the signature, and nothing that depends on its bytes', async () => {
    const { json } = await post({ contentType: 'image/png', bytes: 4321 });
    const url = new URL(String(json['url']));
    expect(url.pathname).toBe(`/photos/${json['key']}`);
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
    expect([...url.searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    const signature = url.searchParams.get('X-Amz-Signature');
    expect(await signatureOf(url, 'image/png', 4321)).toBe(signature);
    expect(await signatureOf(url, 'image/png', 4322)).not.toBe(signature);
    expect(await signatureOf(url, 'text/html', 4321)).not.toBe(signature);
  });

  it('at AWS goes to the bucket’s own host', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', undefined);
    vi.stubEnv('AWS_SESSION_TOKEN', 'of the role');
    const handler = createUploadsHandler({ bucket: 'photos', hasOwnEndpoint: false });
    const body = '{"contentType":"image/webp","bytes":9}';
    const event = { path: '/uploads', httpMethod: 'POST', body, isBase64Encoded: false };
    const told = (await handler(event, contextOf())) as { body: string };
    const url = new URL(JSON.parse(told.body).url);
    expect(url.origin).toBe('https://photos.s3.us-east-1.amazonaws.com');
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe('of the role');
  });

  it('of any kind and size that is taken is permitted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...photoKinds),
        fc.integer({ min: 1, max: 20_000_000 }),
        async ({ contentType, extension }, bytes) => {
          const { status, json } = await post({ contentType, bytes });
          expect(status).toBe(200);
          checkUploadKey(String(json['key']));
          expect(json['key']).toMatch(new RegExp(`\\.${extension}$`));
        },
      ),
      { numRuns: 25 },
    );
  });
});

it.each(['image/jpg', 'IMAGE/JPEG', ' image/jpeg ', 'image/pjpeg'])(
  'the type %j is that of JPEG',
  async (contentType) => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const { status, json } = await post({ contentType, bytes: 9 }, contextOf(), headers);
    expect([status, json['headers']]).toEqual([200, { 'content-type': 'image/jpeg' }]);
  },
);

it.each([1, 20_000_000])('an upload may have %i bytes, the least and the most', async (bytes) => {
  expect(await post({ contentType: 'image/png', bytes })).toMatchObject({ status: 200 });
});

it('needs to be told the bucket', () => {
  vi.stubEnv('UPLOADS_BUCKET', '');
  expect(readSettings).toThrow('UPLOADS_BUCKET is not set');
  vi.stubEnv('UPLOADS_BUCKET', 'photos');
  expect(readSettings()).toEqual({ bucket: 'photos', hasOwnEndpoint: true });
});

describe('an upload is refused', () => {
  const good = { contentType: 'image/jpeg', bytes: 1000 };

  it.each([
    ['no body', '', 400, 'not valid JSON'],
    ['a body that is no JSON', '{"contentType":', 400, 'not valid JSON'],
    ['UTF-16', Buffer.from(JSON.stringify(good), 'utf16le'), 400, 'send it as UTF-8'],
    ['a photo', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 400, 'not UTF-8 text; send {'],
    ['a body 5,000 levels deep', '['.repeat(5000) + ']'.repeat(5000), 400, 'more than 64 levels'],
    ['a list', [good], 400, 'not a JSON object'],
    ['null', 'null', 400, 'not a JSON object'],
    ['no type', { bytes: 1 }, 400, '"contentType" must be a string'],
    ['a type that is a number', { ...good, contentType: 7 }, 400, '"contentType"'],
    ['no size', { contentType: 'image/png' }, 400, '"bytes" must be'],
    ['a size that is a string', { ...good, bytes: '1000' }, 400, '"bytes" must be'],
    ['half a byte', { ...good, bytes: 0.5 }, 400, '"bytes" must be'],
    ['0 bytes', { ...good, bytes: 0 }, 400, 'from 1 to 20000000'],
    ['fewer', { ...good, bytes: -1 }, 400, 'from 1 to 20000000'],
    ['1e999 bytes', '{"contentType":"image/jpeg","bytes":1e999}', 400, '"bytes" must be'],
    ['a field too many', { ...good, key: 'uploads/mine.jpg' }, 400, '"key" is no field'],
    ['one byte too many', { ...good, bytes: 20_000_001 }, 413, 'at most 20000000'],
    [
      'HEIC',
      { ...good, contentType: 'image/heic' },
      415,
      'image/jpeg, image/png, image/webp, image/avif, image/tiff. HEIC photos cannot be read here: convert',
    ],
    ['GIF', { ...good, contentType: 'image/gif' }, 415, '"image/gif" is not taken'],
    ['SVG', { ...good, contentType: 'image/svg+xml' }, 415, 'SVG is a drawing'],
    ['a type with parameters', { ...good, contentType: 'image/jpeg; q=1' }, 415, 'is not taken'],
    [
      'a type with a line break',
      { ...good, contentType: 'image/jpeg\r\nx: y' },
      415,
      'is not taken',
    ],
  ])('for %s', async (_name, body, status, message) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.json)).toEqual(['error']);
    expect(answer.json.error).toContain(message);
    expect(answer.json.error, 'a sentence, not how an error prints').not.toMatch(/Error: /);
  });

  it.each([
    [{ 'content-type': 'image/jpeg' }, 415, 'expected application/json, got "image/jpeg"'],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 415, 'uncompressed'],
  ])('with the headers %o', async (headers, status, message) => {
    const answer = await post(good, contextOf(), headers);
    expect(answer).toMatchObject({ status, json: { error: expect.stringContaining(message) } });
  });

  it('without a trace of why in the answer when it is our fault', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const context = contextOf();
    const { status, json } = await post(good, context);
    expect(status).toBe(500);
    expect(json.error).toMatch(/^internal error/);
    expect(context.notes['reason']).toMatch(/credentials/i);
    expect(context.notes['error']).toBe('CredentialsProviderError');
  });
});

it('says that it is ready', async () => {
  const handler = createUploadsHandler({ bucket: 'photos', hasOwnEndpoint: true });
  expect(await handler({ chorus: 'ready' }, contextOf())).toEqual({ ready: true });
});
