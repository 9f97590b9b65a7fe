import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestAbortedError, readBody, readRaw } from './request-body.ts';

const limit = 1_000;
const tooLarge = (most: number): Error => new Error(`more than ${most}`);

let server: Server;
let port: number;
let arrived: (request: IncomingMessage) => Promise<void>;

beforeAll(async () => {
  server = createServer((request, response) => {
    arrived(request).finally(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

type Read = typeof readBody;

/** Sends the head of a request and so much of its body, and has it read; `hangUp` closes the connection then. */
function reading(
  read: Read,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  hangUp = false,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    arrived = (request) => {
      if (hangUp) socket.destroy();
      return read(request, limit, tooLarge).then(resolve, reject);
    };
    const lines = Object.entries({ host: 'x', ...headers }).map((line) => `${line.join(': ')}\r\n`);
    socket.write(`POST / HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.write(body);
  });
}

const whole = (read: Read, body: Uint8Array, encoding?: string): Promise<Buffer> =>
  reading(
    read,
    {
      'content-length': String(body.byteLength),
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
    body,
  );

describe('a body', () => {
  it.each([0, 1, limit])('of %i bytes is read whole, compressed or not', async (length) => {
    const body = Buffer.alloc(length, 'x');
    expect(await whole(readRaw, body)).toEqual(body);
    expect(await whole(readBody, body)).toEqual(body);
    expect(await whole(readBody, body, 'identity')).toEqual(body);
    expect(await whole(readBody, gzipSync(body), ' GZIP ')).toEqual(body);
    expect(await whole(readBody, deflateSync(body), 'deflate')).toEqual(body);
  });

  it('in chunks is read whole', async () => {
    const chunks = Buffer.from('3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    const read = await reading(readRaw, { 'transfer-encoding': 'chunked' }, chunks);
    expect(read.toString()).toBe('abcde');
  });

  it('above the limit is refused, also when only its length says so, or when it is inflated', async () => {
    const body = Buffer.alloc(limit + 1);
    await expect(whole(readRaw, body)).rejects.toThrow('more than 1000');
    await expect(whole(readBody, body)).rejects.toThrow('more than 1000');
    await expect(whole(readBody, gzipSync(body), 'gzip')).rejects.toThrow('more than 1000');
    const announced = { 'content-length': '100000000000' };
    await expect(reading(readRaw, announced, Buffer.of())).rejects.toThrow('more than 1000');
    const chunk = Buffer.concat([Buffer.from('3e9\r\n'), body, Buffer.from('\r\n')]);
    const chunked = reading(readRaw, { 'transfer-encoding': 'chunked' }, chunk);
    await expect(chunked).rejects.toThrow('more than 1000');
  });

  it('that is not what its encoding says is the caller’s mistake', async () => {
    const body = gzipSync('x'.repeat(500));
    for (const [bytes, encoding] of [
      [Buffer.from('not compressed'), 'gzip'],
      [Buffer.from('not compressed'), 'deflate'],
      [body.subarray(0, 15), 'gzip'],
    ] as const)
      await expect(whole(readBody, bytes, encoding)).rejects.toMatchObject({ status: 400 });
    await expect(whole(readBody, body, 'br')).rejects.toMatchObject({ status: 415 });
  });
});

it.each([
  ['as it is', readRaw, {}],
  ['uncompressed', readBody, {}],
  ['in gzip', readBody, { 'content-encoding': 'gzip' }],
  ['in deflate', readBody, { 'content-encoding': 'deflate' }],
] as const)(
  'a client that hangs up in the middle of a body %s ends its reading',
  async (_how, read, headers) => {
    const half = Buffer.from('1f8b0800000000000003', 'hex').subarray(
      'content-encoding' in headers && headers['content-encoding'] === 'deflate' ? 10 : 0,
    );
    const asking = reading(read, { ...headers, 'content-length': '500' }, half, true);
    await expect(asking).rejects.toBeInstanceOf(RequestAbortedError);
  },
);
