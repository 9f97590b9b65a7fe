import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsRequest, RequestAbortedError, signedHandler } from './index.ts';
import {
  type Port,
  type RawRequest,
  serve,
  signedFetch,
  signHeaders,
  testCredentials,
} from './testing/index.ts';

const minute = 60_000;
const answered: AwsRequest[] = [];
const failures: unknown[] = [];
let port: Port;

beforeAll(async () => {
  const handle = signedHandler({
    credentials: testCredentials,
    answer(request, response) {
      answered.push(request);
      response.end('done');
    },
  });
  port = await serve({
    lambda: (request, response) =>
      handle(request, response).catch((error: unknown) => void failures.push(error)),
  });
});
beforeEach(() => {
  answered.length = 0;
  failures.length = 0;
});
afterAll(() => port.close());

const request = (more: Partial<RawRequest> = {}): RawRequest => ({
  url: `${port.url}/a/b?y=2&x=1`,
  service: 'lambda',
  credentials: testCredentials,
  method: 'POST',
  body: '{"a":1}',
  ...more,
});

/** Sends what a request was signed as, changed. */
async function sendChanged(
  change: (headers: Record<string, string>) => Record<string, string>,
  { path = '/a/b?y=2&x=1', body = '{"a":1}', method = 'POST' } = {},
): Promise<{ readonly status: number; readonly code: string | null }> {
  const { host: _, ...headers } = change(await signHeaders(request()));
  const response = await fetch(port.url + path, { method, headers, body });
  expect(await response.json()).toMatchObject({
    __type: response.headers.get('x-amzn-errortype'),
    Type: 'User',
    message: expect.stringMatching(/\w/),
  });
  return { status: response.status, code: response.headers.get('x-amzn-errortype') };
}

describe('a request that is signed', () => {
  it.each(['/', '/a/b?y=2&x=1', '/a%20b/%C3%A4?q=a%20b&q=a', "/a/?empty=&'=(*)", '/a/../b//c'])(
    'is answered at %s, with its body and an id of its own',
    async (path) => {
      const url = port.url + path;
      for (const method of ['POST', 'PUT'])
        expect(await (await signedFetch(request({ url, method }))).text()).toBe('done');
      const [first, second] = answered;
      expect(first).toMatchObject({ method: 'POST', body: Buffer.from('{"a":1}') });
      expect(first?.requestId).not.toBe(second?.requestId);
    },
  );

  it.each([-14, 14])('may be %i minutes off', async (minutes) => {
    const date = new Date(Date.now() + minutes * minute);
    expect((await signedFetch(request({ date }))).status).toBe(200);
  });
});

describe('a request is refused', () => {
  it.each<[string, Partial<RawRequest>, string]>([
    [
      'of another key',
      { credentials: { ...testCredentials, accessKeyId: 'ANOTHER' } },
      'UnrecognizedClientException',
    ],
    [
      'of another secret',
      { credentials: { ...testCredentials, secretAccessKey: 'another' } },
      'InvalidSignatureException',
    ],
    [
      'with a session token',
      { headers: { 'x-amz-security-token': 'token' } },
      'UnrecognizedClientException',
    ],
    [
      'that is 16 minutes old',
      { date: new Date(Date.now() - 16 * minute) },
      'InvalidSignatureException',
    ],
    [
      'of 16 minutes later',
      { date: new Date(Date.now() + 16 * minute) },
      'InvalidSignatureException',
    ],
  ])('%s', async (_, more, code) => {
    const response = await signedFetch(request(more));
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, code]);
    expect(answered).toEqual([]);
  });

  it('whose method, path, query or body is not what was signed', async () => {
    const same = (headers: Record<string, string>): Record<string, string> => headers;
    const unlike = [{ method: 'PUT' }, { path: '/a/c?y=2&x=1' }, { path: '/a/b?y=2&x=3' }];
    for (const each of [...unlike, { body: '{"a":2}' }])
      expect(await sendChanged(same, each)).toEqual({
        status: 403,
        code: 'InvalidSignatureException',
      });
    expect(answered).toEqual([]);
  });

  it('that has a header of AWS’s which is not signed', async () => {
    const { status, code } = await sendChanged((headers) => ({ ...headers, 'x-amz-target': 'X' }));
    expect([status, code]).toEqual([403, 'InvalidSignatureException']);
  });

  it.each(['', 'Bearer x', 'AWS4-HMAC-SHA256 Credential=a/b, Signature=c'])(
    'with the authorization %j',
    async (authorization) => {
      const { status, code } = await sendChanged((headers) => ({ ...headers, authorization }));
      expect([status, code]).toEqual([403, 'IncompleteSignatureException']);
    },
  );

  it('above 20 MB, before it is sent', async () => {
    const response = await signedFetch(request({ body: Buffer.alloc(20_000_001) }));
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      413,
      'RequestTooLargeException',
    ]);
    expect((await signedFetch(request({ body: Buffer.alloc(20_000_000) }))).status).toBe(200);
  });
});

it('is not answered when the client hangs up before its end', async () => {
  const [host = '', number = ''] = port.host.split(':');
  const socket = connect(Number(number), host);
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc', () => socket.end());
  await expect.poll(() => failures).toEqual([expect.any(RequestAbortedError)]);
  expect(answered).toEqual([]);
});
