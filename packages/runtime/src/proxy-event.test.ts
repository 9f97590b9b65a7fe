import { describe, expect, it } from 'vitest';
import { jsonAnswer, parseHttpEvent, toProxyResult } from './proxy-event.ts';

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

describe('a proxy result', () => {
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
