import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ObjectError, type ObjectRequest, readObject } from './s3-object.ts';

/** A request to the store, and how much of the answer left it. */
interface Seen {
  readonly range: string | undefined;
  readonly agent: string | undefined;
}

/** Content of `photos/<name>`; a stream without an announced length where it is a number of bytes. */
const objects = new Map<string, Buffer | number>();
const seen: Seen[] = [];
let refused = 0;
/** The fault of `photos/<name>`, each time it is asked for. */
const faults = new Map<string, { readonly status: number; readonly code: string; times: number }>();

/** A path-style S3 that knows ranges. */
const server = createServer((request, response) => {
  const { range } = request.headers;
  seen.push({ range, agent: request.headers['user-agent'] });
  const content = objects.get((request.url ?? '').split('?')[0] ?? '');
  const fault = faults.get((request.url ?? '').split('?')[0] ?? '');
  if (fault !== undefined && fault.times > 0) {
    fault.times -= 1;
    response.writeHead(fault.status).end(`<Error><Code>${fault.code}</Code></Error>`);
  } else if (refused > 0) {
    refused -= 1;
    response.writeHead(403).end('<Error><Code>SomethingOdd</Code></Error>');
  } else if (typeof content === 'number') {
    // Chunked: how much there is shows only when it has been read.
    response.write(Buffer.alloc(content));
  } else if (content === undefined) {
    response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  } else if (range === undefined) {
    response.writeHead(200, { 'content-length': content.length }).end(content);
  } else if (content.length === 0) {
    response.writeHead(416).end('<Error><Code>InvalidRange</Code></Error>');
  } else {
    const part = content.subarray(0, Number(range.split('-')[1]) + 1);
    const whole = `bytes 0-${part.length - 1}/${content.length}`;
    response.writeHead(206, { 'content-range': whole, 'content-length': part.length }).end(part);
  }
});

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  objects.set('/photos/ten', Buffer.from('0123456789'));
  objects.set('/photos/large', Buffer.alloc(1000));
  objects.set('/photos/empty', Buffer.alloc(0));
  objects.set('/photos/endless', 1_000_000);
  seen.length = 0;
  faults.clear();
  refused = 0;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function read(key: string, changes: Partial<ObjectRequest> = {}): Promise<Buffer> {
  return readObject({ bucket: 'photos', key, retryUntil: Date.now() + 5_000, ...changes });
}

/** Returns the reason for which reading an object fails. */
async function failure(key: string, changes: Partial<ObjectRequest>): Promise<ObjectError> {
  const thrown = await read(key, changes).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ObjectError);
  return thrown as ObjectError;
}

describe.each([
  ['by a signed GET', 0, undefined],
  ['by the SDK', 1, expect.stringContaining('aws-sdk-js')],
])('%s', (_name, refusals, agent) => {
  beforeEach(() => {
    refused = refusals;
  });

  it('only the first bytes are read, where only they are wanted', async () => {
    expect((await read('ten', { firstBytes: 4 })).toString()).toBe('0123');
    expect(seen.at(-1)).toEqual({ range: 'bytes=0-3', agent });
  });

  it('an object with fewer bytes is read whole', async () => {
    expect((await read('ten', { firstBytes: 40 })).toString()).toBe('0123456789');
  });

  it('an object without bytes has no first ones', async () => {
    expect(await read('empty', { firstBytes: 4 })).toHaveLength(0);
  });

  it('an object that is too large is refused by its announced size', async () => {
    const { reason, message } = await failure('large', { maxBytes: 999 });
    expect(reason).toBe('too-large');
    expect(message).toBe('s3://photos/large has more than 999 bytes');
    expect(seen).toHaveLength(refusals + 1);
  });

  it('an object that is too large is refused also when only its start is wanted', async () => {
    const { reason } = await failure('large', { firstBytes: 4, maxBytes: 999 });
    expect(reason).toBe('too-large');
  });

  it('an object of just the largest size is read', async () => {
    expect(await read('large', { maxBytes: 1000 })).toHaveLength(1000);
  });
});

describe('an answer that does not end', () => {
  it('is read no further than its limit', async () => {
    const { reason } = await failure('endless', { maxBytes: 999_999 });
    expect(reason).toBe('too-large');
  });

  it('is given up when the reader loses patience', async () => {
    const patience = new AbortController();
    server.once('request', () => patience.abort());
    const { reason, cause } = await failure('endless', { signal: patience.signal });
    expect(reason).toBe('unreachable');
    expect(cause).toMatchObject({ name: 'AbortError' });
    expect(seen).toHaveLength(1);
  });

  it('is given up by the SDK as well', async () => {
    refused = 1;
    const patience = new AbortController();
    // The SDK is asked for what the first request was refused.
    server.once('request', () => server.once('request', () => patience.abort()));
    const { reason } = await failure('endless', { signal: patience.signal });
    expect(reason).toBe('unreachable');
    expect(seen).toHaveLength(2);
  });
});

describe('a store that fails', () => {
  it('is asked again, with pauses that grow', async () => {
    faults.set('/photos/ten', { status: 500, code: 'InternalError', times: 3 });
    const started = performance.now();
    expect(await read('ten', { retryUntil: Date.now() + 60_000 })).toHaveLength(10);
    expect(seen).toHaveLength(4);
    expect(performance.now() - started).toBeGreaterThan(315);
  });

  it.each([
    ['NoSuchBucket', 'missing-bucket'],
    ['NoSuchKey', 'missing-key'],
    ['SomethingOdd', 'missing-key'],
  ])('says what a 404 (%s) is about', async (code, reason) => {
    faults.set('/photos/ten', { status: 404, code, times: 1 });
    expect((await failure('ten', {})).reason).toBe(reason);
  });
});
