import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isPageUpload, shareAcrossOrigins } from './cors.ts';

/** Returns whether a request is answered, the status, and the headers that it gets. */
function shared(method: string, headers: Readonly<Record<string, string>>) {
  const given: Record<string, string> = {};
  let status: number | undefined;
  const response = {
    setHeader: (name: string, value: string) => Object.assign(given, { [name]: value }),
    writeHead(code: number, more: object) {
      status = code;
      Object.assign(given, more);
    },
    end: () => {},
  } as unknown as ServerResponse;
  const isAnswered = shareAcrossOrigins({ method, headers }, response);
  return { isAnswered, status, headers: given };
}

const origin = 'https://a.test';
const sharing = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'PUT',
};
const nothing = { isAnswered: false, status: undefined, headers: {} };
const question = { origin, 'access-control-request-method': 'PUT' };

describe('a page of another origin', () => {
  it('may put', () => {
    expect(shared('PUT', { origin })).toEqual({ ...nothing, headers: sharing });
  });

  it.each(['content-type', 'Content-Type', ' content-type , content-type', ''])(
    'is told beforehand that it may, with the headers %j',
    (wanted) => {
      const asked = { ...question, 'access-control-request-headers': wanted };
      expect(shared('OPTIONS', asked)).toEqual({
        isAnswered: true,
        status: 200,
        headers: {
          ...sharing,
          'access-control-allow-headers': 'content-type',
          'access-control-max-age': '3600',
          'content-length': '0',
        },
      });
    },
  );

  it.each([
    ['GET', { origin }],
    ['DELETE', { origin }],
    ['PUT', {}],
    ['OPTIONS', { 'access-control-request-method': 'PUT' }],
    ['OPTIONS', { origin }],
    ['OPTIONS', { origin, 'access-control-request-method': 'DELETE' }],
    ['OPTIONS', { ...question, 'access-control-request-headers': 'x-amz-acl' }],
    ['OPTIONS', { ...question, 'access-control-request-headers': 'content-type, x-amz-acl' }],
  ])('may not %s with %j', (method, headers) => {
    expect(shared(method, headers)).toEqual(nothing);
  });
});

describe('an upload of a page', () => {
  const signed = 'X-Amz-Signature=x';
  it.each([
    ['PUT', `/photos/k?${signed}`, true],
    ['OPTIONS', `/photos/k?${signed}`, true],
    ['PUT', '/photos/k?AWSAccessKeyId=x&Signature=x&Expires=1', true],
    ['GET', `/photos/k?${signed}`, false],
    ['POST', `/photos/k?${signed}`, false],
    ['PUT', '/photos/k', false],
    ['PUT', `/models/k?${signed}`, false],
    ['PUT', `/photos/%e0%a4?${signed}`, false],
  ])('%s %s: %s', (method, url, expected) => {
    const request = { method, url, headers: { host: 'localhost' } } as unknown as IncomingMessage;
    expect(isPageUpload(request, new Set(['photos']))).toBe(expected);
  });
});
