import { describe, expect, it } from 'vitest';
import { asRecord, jsonAnswer, parseHttpEvent, toProxyResult } from './proxy-event.ts';

const minimal = { path: '/v2', httpMethod: 'GET' };

describe('a proxy event', () => {
  it('may lack headers, body and request context', () => {
    const request = parseHttpEvent({ ...minimal, headers: null, body: null }, 'invocation');
    expect(request).toMatchObject({ method: 'GET', path: '/v2', requestId: 'invocation' });
    expect(request.headers.size).toBe(0);
    expect(request.body).toHaveLength(0);
  });

  it('has headers in lower case, a body of text or base64, and its own request id', () => {
    const event = {
      ...minimal,
      headers: { 'Content-Type': 'a', 'X-UNSET': null },
      requestContext: { requestId: 'gateway' },
    };
    const text = parseHttpEvent({ ...event, body: 'ö', isBase64Encoded: false }, 'i');
    expect([...text.headers]).toEqual([['content-type', 'a']]);
    expect(text.requestId).toBe('gateway');
    expect(text.body).toEqual(Buffer.from('ö'));
    const bytes = parseHttpEvent({ ...event, body: '/wA=', isBase64Encoded: true }, 'i');
    expect(bytes.body).toEqual(Buffer.from([255, 0]));
  });
});

describe('the parameters of a proxy event', () => {
  it('are those of the path, decoded once, and of the query', () => {
    const event = {
      ...minimal,
      pathParameters: { id: 'caf%C3%A9%2520', unset: null },
      queryStringParameters: { async: '1' },
    };
    const { pathParameters, query } = parseHttpEvent(event, 'i');
    expect([...pathParameters]).toEqual([['id', 'café%20']]);
    expect([...query]).toEqual([['async', '1']]);
  });

  it('may be none', () => {
    const event = { ...minimal, pathParameters: null, queryStringParameters: null };
    for (const each of [minimal, event]) {
      const { pathParameters, query } = parseHttpEvent(each, 'i');
      expect([pathParameters.size, query.size]).toEqual([0, 0]);
    }
  });

  it.each(['%', '%zz', '%ff', 'a%C3'])('%s in the path stays as it is', (id) => {
    const { pathParameters } = parseHttpEvent({ ...minimal, pathParameters: { id } }, 'i');
    expect(pathParameters.get('id')).toBe(id);
  });
});

it.each([
  ['no path', { httpMethod: 'GET' }],
  ['a path that is no text', { ...minimal, path: 1 }],
  ['no method', { path: '/v2' }],
  ['a method that is no text', { ...minimal, httpMethod: null }],
  ['neither, as payload format 2.0 has it', { rawPath: '/v2', requestContext: { http: {} } }],
  ['a list', [minimal]],
  ['nothing', null],
  ['a text', 'GET /v2'],
])('an event with %s is none of a REST API', (_, event) => {
  expect(() => parseHttpEvent(event, 'i')).toThrow(
    expect.objectContaining({
      name: 'InvalidRequestError',
      message: expect.stringContaining('it has no path and httpMethod'),
    }),
  );
});

it.each([[''], [5], [null], [undefined]])('the request id %j is none', (requestId) => {
  expect(parseHttpEvent({ ...minimal, requestContext: { requestId } }, 'i').requestId).toBe('i');
});

it.each([['true'], [1], [null], [undefined]])(
  'a body is a text when isBase64Encoded is %j',
  (isBase64Encoded) => {
    const { body } = parseHttpEvent({ ...minimal, body: 'aGk=', isBase64Encoded }, 'i');
    expect(Buffer.from(body).toString()).toBe('aGk=');
  },
);

it('the members are those of an object', () => {
  const value = { a: 1 };
  expect(asRecord(value)).toBe(value);
  for (const other of [null, undefined, [1], 'a', 5]) expect(asRecord(other)).toEqual({});
});

describe('a proxy result', () => {
  it('carries JSON that is compressed as base64', () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const body = Buffer.from([31, 139]);
    expect(toProxyResult({ status: 200, headers, body })).toEqual({
      statusCode: 200,
      headers,
      body: 'H4s=',
      isBase64Encoded: true,
    });
  });

  it('may be exactly as large as a function can return', () => {
    const most = 6_291_556 - 65_536;
    const result = (type: string, body: Buffer) => () =>
      toProxyResult({ status: 200, headers: { 'content-type': type }, body });
    const tooLarge = expect.objectContaining({ name: 'PayloadTooLargeError' });
    // The text is written with a quote at either end, and base64 makes four characters of three bytes.
    expect(result('application/json', Buffer.alloc(most - 2, 'x'))).not.toThrow();
    expect(result('application/json', Buffer.alloc(most - 1, 'x'))).toThrow(tooLarge);
    expect(result('image/png', Buffer.alloc((most / 4) * 3))).not.toThrow();
    expect(result('image/png', Buffer.alloc((most / 4) * 3 + 1))).toThrow(tooLarge);
  });

  it('carries JSON as text and bytes as base64', () => {
    expect(toProxyResult(jsonAnswer(200, { a: 'ö' }))).toMatchObject({
      body: '{"a":"ö"}',
      isBase64Encoded: false,
    });
    const headers = { 'content-type': 'application/octet-stream' };
    const bytes = { status: 200, headers, body: Buffer.from([255, 0]) };
    expect(toProxyResult(bytes)).toMatchObject({ body: '/wA=', isBase64Encoded: true });
  });

  it('is refused when a function could not return it, escapes and base64 counted', () => {
    const tooLarge = expect.objectContaining({ name: 'PayloadTooLargeError' });
    const headers = { 'content-type': 'application/octet-stream' };
    const bytes = (length: number) => ({ status: 200, headers, body: Buffer.alloc(length) });
    expect(() => toProxyResult(bytes(5_000_000))).toThrow(tooLarge);
    expect(toProxyResult(bytes(4_500_000)).isBase64Encoded).toBe(true);
    const quotes = Buffer.alloc(3_500_000, '"');
    const json = { 'content-type': 'application/json' };
    expect(() => toProxyResult({ status: 200, headers: json, body: quotes })).toThrow(tooLarge);
  });
});
