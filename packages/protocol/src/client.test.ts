import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerLengthName, parseHeaderLength } from './body.ts';
import { createClient } from './client.ts';
import { decodeInferRequest } from './infer-request.ts';
import { encodeInferResponse } from './infer-response.ts';
import type { InferRequest } from './types.ts';

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** The last request that the server got. */
const seen: { path: string; headers: IncomingMessage['headers']; body: Uint8Array } = {
  path: '',
  headers: {},
  body: new Uint8Array(),
};
let reply: (() => Reply) | 'never' = () => ({});

const server = createServer(async (request, response) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Uint8Array);
  }
  Object.assign(seen, { path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
  if (reply === 'never') {
    return;
  }
  const { status = 200, headers = {}, body = '' } = reply();
  response.writeHead(status, headers).end(body);
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const json = (value: unknown, status = 200): (() => Reply) => {
  return () => ({ status, body: JSON.stringify(value) });
};
const request: InferRequest = {
  id: 'r-1',
  inputs: [{ name: 'n', datatype: 'INT64', shape: [2], data: [1, 2n ** 60n] }],
};
/** Answers with the inputs as outputs, in the form that the request asked for. */
const echo = (): Reply => {
  const length = parseHeaderLength(seen.headers[headerLengthName]?.toString());
  const decoded = decodeInferRequest(seen.body, length);
  const outputs = decoded.inputs;
  return encodeInferResponse({ model_name: 'm', id: decoded.id ?? '', outputs }, decoded);
};

describe('infer', () => {
  it.each([false, true])('brings the tensors there and back, binary: %s', async (binary) => {
    reply = echo;
    const client = createClient({ url: `${url}//`, headers: { 'x-api-key': 'k' } });
    const response = await client.infer('my model', request, { version: 'v/1', binary });
    expect(response).toEqual({ model_name: 'm', id: 'r-1', outputs: request.inputs });
    expect(seen.path).toBe('/v2/models/my%20model/versions/v%2F1/infer');
    expect(seen.headers['x-api-key']).toBe('k');
    expect(seen.headers[headerLengthName] !== undefined).toBe(binary);
  });

  it('tells the server its time limit in microseconds', async () => {
    reply = echo;
    await createClient({ url }).infer('m', request, { timeoutMs: 5000 });
    expect(decodeInferRequest(seen.body, undefined).parameters).toEqual({ timeout: 5_000_000 });
  });

  it('gives up after its time limit', async () => {
    reply = 'never';
    await expect(
      createClient({ url }).infer('m', request, { timeoutMs: 19.5 }),
    ).rejects.toMatchObject({
      name: 'DeadlineExceededError',
      message: `POST ${url}/v2/models/m/infer: no answer in time`,
      cause: expect.objectContaining({ name: 'TimeoutError' }),
    });
  });

  it.each([
    [400, 'InvalidRequestError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [413, 'PayloadTooLargeError'],
    [415, 'UnsupportedMediaTypeError'],
    [422, 'OutOfRangeError'],
    [429, 'ThrottledError'],
    [500, 'InternalError'],
    [501, 'UnsupportedError'],
    [503, 'UnavailableError'],
    [504, 'DeadlineExceededError'],
  ])('turns an answer %i into %s with the words of the server', async (status, name) => {
    reply = json({ error: 'say "why"' }, status);
    await expect(createClient({ url }).infer('m', request)).rejects.toMatchObject({
      name,
      message: 'say "why"',
    });
  });

  it('reads the message of an API gateway, and does without one', async () => {
    reply = json({ message: 'Forbidden' }, 403);
    await expect(createClient({ url }).infer('m', request)).rejects.toThrow('Forbidden');
    reply = () => ({ status: 502, body: '<html>' });
    await expect(createClient({ url }).infer('m', request)).rejects.toThrow(
      `POST ${url}/v2/models/m/infer answered 502`,
    );
  });

  it('takes any status of success, and no other', async () => {
    const client = createClient({ url });
    for (const status of [200, 299]) {
      reply = json({ models: ['a'] }, status);
      expect(await client.listModels()).toEqual(['a']);
    }
    for (const status of [300, 304]) {
      reply = () => ({ status });
      await expect(client.listModels()).rejects.toThrow(`GET ${url}/v2/models answered ${status}`);
    }
  });

  it('blames the server for an answer that is not of the protocol', async () => {
    reply = json({ hello: 1 });
    await expect(createClient({ url }).infer('m', request)).rejects.toMatchObject({
      name: 'InternalError',
    });
    reply = () => ({ headers: { [headerLengthName]: 'x' }, body: '{}' });
    await expect(createClient({ url }).infer('m', request)).rejects.toMatchObject({
      name: 'InternalError',
    });
  });

  it('says that no server answers, and why', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const client = createClient({ url: `http://127.0.0.1:${port}` });
    await expect(client.infer('m', request)).rejects.toMatchObject({
      name: 'UnavailableError',
      cause: expect.any(Error),
    });
  });

  it('does not send a request that is wrong in itself', async () => {
    const wrong: InferRequest = {
      inputs: [{ name: 'n', datatype: 'INT8', shape: [3], data: [1] }],
    };
    const client = createClient({ url, fetch: () => Promise.reject(new Error('sent')) });
    await expect(client.infer('m', wrong)).rejects.toMatchObject({ name: 'InvalidRequestError' });
  });
});

describe('health', () => {
  const states = [
    ['serverLive', '/v2/health/live'],
    ['serverReady', '/v2/health/ready'],
  ] as const;

  it.each(states)('%s asks %s', async (method, path) => {
    reply = () => ({});
    const client = createClient({ url });
    await expect(client[method]()).resolves.toBe(true);
    expect(seen.path).toBe(path);
    reply = json({ ready: false }, 503);
    await expect(client[method]()).resolves.toBe(false);
  });

  it('modelReady is false for a model that is not ready, and an error for one that is not there', async () => {
    const client = createClient({ url });
    reply = () => ({});
    await expect(client.modelReady('m', 'v2')).resolves.toBe(true);
    expect(seen.path).toBe('/v2/models/m/versions/v2/ready');
    reply = () => ({ status: 400 });
    await expect(client.modelReady('m')).resolves.toBe(false);
    reply = json({ error: 'no model "m"' }, 404);
    await expect(client.modelReady('m')).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('metadata', () => {
  const model = { name: 'm', versions: ['v1'], platform: 'p', inputs: [], outputs: [] };

  it('reads server, models and one model', async () => {
    const client = createClient({ url });
    reply = json({ name: 'chorus', version: '1', extensions: [] });
    expect(await client.serverMetadata()).toMatchObject({ name: 'chorus' });
    reply = json({ models: ['a', 'b'] });
    expect(await client.listModels()).toEqual(['a', 'b']);
    reply = json(model);
    expect(await client.modelMetadata('m')).toEqual(model);
    expect(seen.path).toBe('/v2/models/m');
  });

  it('refuses metadata of another form', async () => {
    const client = createClient({ url });
    reply = json({ name: 'chorus' });
    await expect(client.serverMetadata()).rejects.toThrow('version: expected a string');
    reply = json({ models: 'a' });
    await expect(client.listModels()).rejects.toThrow('models: expected an array of values');
    reply = json('hello');
    await expect(client.modelMetadata('m')).rejects.toMatchObject({ name: 'InternalError' });
  });
});
