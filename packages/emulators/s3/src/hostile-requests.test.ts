import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { signRaw, testCredentials } from '@chorus/emulator-aws/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningS3, startS3 } from './testing/start-s3.ts';

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
  await s3.client.send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'content' }));
});
afterAll(() => s3.remove());

/** Sends bytes as they are, which no HTTP client would. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(s3.url).port), '127.0.0.1');
  await once(socket, 'connect');
  // Not ended: a server may take half a connection for one that hung up.
  socket.write(bytes, 'latin1');
  return text(socket);
}

/** Refused or answered, in XML where there are words; never a failure of the server. */
function expectAnswer(answer: string): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 (?:[234]\d\d|501) /);
  // What is no HTTP at all is refused before it reaches S3.
  if (!head.includes('x-amz-request-id') || body === '') return;
  if (/^HTTP\/1\.1 [45]/.test(head)) expect(body).toMatch(/^<\?xml .*\n<Error><Code>\w+</);
}

const target = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['/', '//', '/..', '/.', '%', '%zz', '%00', '%ff', '%C3%BC', '%2F', '[', ']', '*', '+'],
        ...['?', '&', '=', '#', ';', 'box', 'k', 'null', 'undefined', '__proto__', 'constructor'],
        ...['http://x/', 'uploads', 'uploadId', 'partNumber=1', 'list-type=2', 'max-keys=0'],
        ...['delete', 'x-amz-meta-', 'x-amz-', 'X-Amz-Signature=0', 'X-Amz-Credential=a'],
        ...['X-Amz-Algorithm=AWS4-HMAC-SHA256', 'AWSAccessKeyId=local', 'Expires=9', '\xfc'],
        ...['Signature=', 'response-content-type=%0a', 'encoding-type=url', 'prefix=%F0%9F%92%A9'],
        'a'.repeat(2000),
      ),
      fc.webPath(),
      fc.webQueryParameters(),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => `/${pieces.join('')}`);

const value = fc.oneof(
  fc.constantFrom(
    ...['', ' ', 'null', '*', '"', '"x"', '-1', '0', '1', '99999999999999999999', '1e3', 'NaN'],
    ...['bytes=0-', 'bytes=-0', 'bytes=5-1', 'bytes=0-99999999999999999999', 'box/k', '/box/%'],
    ...['box', 'COPY', 'REPLACE', 'AES256', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Invalid Date'],
    ...['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'aws-chunked'],
    ...['x-amz-checksum-crc32', 'CRC32', 'crc32c', 'COMPOSITE', '\xff\x80', 'a\tb', '__proto__'],
    'x'.repeat(3000),
  ),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c)) }),
);

const header = fc.tuple(
  fc.constantFrom(
    ...['host', 'range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'],
    ...['content-md5', 'content-type', 'content-encoding', 'x-amz-content-sha256', 'x-amz-acl'],
    ...[
      'x-amz-copy-source',
      'x-amz-copy-source-range',
      'x-amz-metadata-directive',
      'x-amz-trailer',
    ],
    ...['x-amz-checksum-crc32', 'x-amz-checksum-algorithm', 'x-amz-checksum-type', 'x-amz-meta-a'],
    ...['x-amz-meta-__proto__', 'x-amz-decoded-content-length', 'x-amz-mp-object-size', 'origin'],
    ...['x-amz-expected-bucket-owner', 'x-amz-sdk-checksum-algorithm', 'authorization', 'expect'],
    ...['access-control-request-method', 'x-amz-date', 'content-length', 'transfer-encoding'],
  ),
  value,
);

/** Returns the beginning of a signed request, up to further headers. */
function signedHead(method: string, target: string): string {
  const headers = { host: 'a' };
  const signed = { ...headers, ...signRaw({ method, target, headers }, testCredentials) };
  const lines = Object.entries(signed).map(([name, text]) => `${name}: ${text}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}`;
}

describe('whatever is sent', () => {
  it('is answered, and never with a failure of the server', async () => {
    const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH');
    const headers = fc.array(header, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        method,
        target,
        headers,
        fc.boolean(),
        async (verb, url, fields, isSigned) => {
          const framed = fields.some(([name]) =>
            /^(?:content-length|transfer-e|expect)/.test(name),
          );
          const given = {
            host: '127.0.0.1',
            ...Object.fromEntries(
              fields.filter(([name]) => !/^(?:content-length|transfer-e|expect)/.test(name)),
            ),
          };
          const head = { method: verb, target: url, headers: given };
          const sent = isSigned ? { ...given, ...signRaw(head, testCredentials) } : given;
          const lines = [
            `${verb} ${url} HTTP/1.1`,
            'connection: close',
            ...Object.entries(sent).map(([name, text]) => `${name}: ${text}`),
            ...(framed ? ['content-length: 5', '', 'bytes'] : ['content-length: 0', '', '']),
          ];
          expectAnswer(await sendRaw(lines.join('\r\n')));
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);

  it('as a document is read, or refused as malformed', async () => {
    const pieces = fc.constantFrom(
      ...['<Delete>', '</Delete>', '<Object>', '</Object>', '<Key>', '</Key>', 'k', '<Quiet/>'],
      ...['&#0;', '&#x110000;', '&#55296;', '&lol;', '&amp;', '<![CDATA[', ']]>', '<!-- ', '-->'],
      ...['<!DOCTYPE Delete [<!ENTITY lol "lol">]>', '<?xml version="1.0"?>', '\0', '<', '>', '"'],
      ...['<__proto__>', '</__proto__>', '<constructor/>', '<Part>', '</Part>', '<PartNumber>'],
      ...['<CompleteMultipartUpload>', '</CompleteMultipartUpload>', '<a xmlns="x">'],
    );
    const document = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
      fc.constantFrom('<Delete>'.repeat(20_000), '<a>'.repeat(9000) + '</a>'.repeat(9000)),
    );
    const path = fc.constantFrom('/box?delete', '/box/k?uploadId=x', '/box-of-documents');
    await fc.assert(
      fc.asyncProperty(path, document, async (url, body) => {
        const method = url.includes('?') ? 'POST' : 'PUT';
        const answer = await s3.fetch(url, { method, body });
        expect(answer.status === 501 || answer.status < 500, await answer.text()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['/box/k', 'content-length: 9'],
    ['/box/new', 'expect: 100-continue\r\ncontent-length: 9'],
  ])('and cut off leaves nothing behind and says nothing (%#)', async (target, length) => {
    const printed = vi.spyOn(process.stderr, 'write');
    const socket = connect(Number(new URL(s3.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${signedHead('PUT', target)}${length}\r\n\r\nabc`);
    const incoming = join(s3.directory, 'incoming');
    await vi.waitFor(async () => expect(await readdir(incoming)).toHaveLength(1));
    socket.resetAndDestroy();
    await vi.waitFor(async () => expect(await readdir(incoming)).toEqual([]));
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });
});

describe('a parameter that no header can hold', () => {
  it.each([
    ['GET', 'response-content-type=a%0d%0ax-injected:1'],
    ['GET', 'response-content-disposition=%E2%82%AC'],
    ['PUT', 'x-amz-meta-a=a%0ab'],
    ['PUT', 'x-amz-meta-a%20b=1'],
  ])('is refused (%s ?%s)', async (method, query) => {
    const answer = await s3.fetch(`/box/k?${query}`, { method });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidArgument</Code>');
  });
});

describe('a key', () => {
  it('is whatever its bytes are, dots and slashes included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.constantFrom('..', '../x', '/', '//', './.', 'a/../b', '.bucket.json', '\0', ' ', '+'),
          fc.string({ minLength: 1, unit: 'grapheme', maxLength: 20 }),
        ),
        async (key) => {
          const encoded = encodeURIComponent(key);
          const end = 'connection: close\r\n';
          const put = `${signedHead('PUT', `/box/${encoded}`)}${end}content-length: 3\r\n\r\nkey`;
          expect(await sendRaw(put)).toMatch(/^HTTP\/1\.1 200 /);
          const get = `${signedHead('GET', `/box/${encoded}`)}${end}\r\n`;
          expect(await sendRaw(get)).toMatch(/key$/);
        },
      ),
    );
    // All of them are files of the bucket's folder.
    expect((await readdir(s3.directory)).sort()).toEqual(['buckets', 'incoming', 'uploads']);
    expect(await readdir(join(s3.directory, 'buckets'))).toContain('box');
  });
});
