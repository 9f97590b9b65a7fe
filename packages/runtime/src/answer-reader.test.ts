import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerReader, type ReadAnswer } from './answer-reader.ts';

/** Reads an answer that comes in pieces cut at the given places. */
function read(bytes: Buffer, cuts: readonly number[] = []): ReadAnswer | undefined {
  const reader = createAnswerReader();
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted(
    (a, b) => a - b,
  );
  let answer: ReadAnswer | undefined;
  for (const [index, start] of places.entries()) {
    const piece = bytes.subarray(start, places[index + 1] ?? bytes.length);
    if (answer === undefined && piece.length > 0) answer = reader.push(piece);
  }
  return answer ?? reader.end();
}

const withLength = (body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nX-Name:  value \r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
  ]);

function chunked(body: Buffer, size: number, trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n')];
  for (let at = 0; at < body.length; at += size) {
    const chunk = body.subarray(at, at + size);
    parts.push(Buffer.from(`${chunk.length.toString(16)};x=y\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

const bodies = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const cuts = fc.array(fc.nat(1000), { maxLength: 12 });

describe('an answer', () => {
  it('of a known length is read whole, however it is cut', () => {
    fc.assert(
      fc.property(bodies, cuts, (body, places) => {
        const answer = read(withLength(body), places);
        expect(answer?.body).toEqual(body);
        expect(answer).toMatchObject({ status: 200, keepAlive: true });
        expect(answer?.headers['x-name']).toBe('value');
      }),
    );
  });

  it('in chunks is read whole, however it is cut, with and without trailers', () => {
    fc.assert(
      fc.property(
        bodies,
        fc.integer({ min: 1, max: 90 }),
        cuts,
        fc.boolean(),
        (body, size, places, trailers) => {
          const answer = read(chunked(body, size, trailers ? 'A: b\r\nC: d\r\n' : ''), places);
          expect(answer?.body).toEqual(body);
        },
      ),
    );
  });

  it('that is not whole is not there', () => {
    fc.assert(
      fc.property(bodies, fc.integer({ min: 1, max: 90 }), fc.nat(), (body, size, missing) => {
        for (const bytes of [withLength(body), chunked(body, size)]) {
          const short = bytes.subarray(0, bytes.length - 1 - (missing % (bytes.length - 1)));
          expect(read(short)).toBeUndefined();
        }
      }),
    );
  });

  it('without a length ends with the connection, which then is no more', () => {
    expect(read(Buffer.from('HTTP/1.0 200 OK\r\n\r\nbody'))).toMatchObject({
      body: Buffer.from('body'),
      keepAlive: false,
    });
  });

  it('may have no body, and may close the connection', () => {
    expect(read(Buffer.from('HTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n'))).toMatchObject(
      {
        status: 204,
        body: Buffer.alloc(0),
        keepAlive: false,
      },
    );
  });

  it.each([204, 304])('of status %i has no body, whatever its headers say', (status) => {
    const head = `HTTP/1.1 ${status} Fine\r\ncontent-length: 5\r\n\r\n`;
    expect(read(Buffer.from(head))).toMatchObject({ status, body: Buffer.alloc(0) });
  });

  it('ends with its length, whatever comes after it', () => {
    const bytes = Buffer.concat([withLength(Buffer.from('body')), Buffer.from('HTTP/1.1 200 OK')]);
    expect(read(bytes)?.body).toEqual(Buffer.from('body'));
  });

  it('is none when the connection ends before, or within, its head', () => {
    expect(createAnswerReader().end()).toBeUndefined();
    expect(read(Buffer.from('HTTP/1.1 200 OK\r\n'))).toBeUndefined();
  });

  it.each([
    ['\r\n: no name', ': no name'],
    ['\r\ncontent-length: 1e3', 'content-length: 1e3'],
    ['\r\ncontent-length: 1234567890123456', 'content-length: 1234567890123456'],
    ['\r\nno colon', 'no colon'],
    ['\r\ncontent-length: -1', 'content-length: -1'],
    ['\r\ntransfer-encoding: gzip', 'transfer-encoding: gzip'],
    ['\r\ntransfer-encoding: chunked\r\n\r\nxyz', 'chunk size xyz'],
    ['\r\ntransfer-encoding: chunked\r\n\r\n123456789', 'chunk size 123456789'],
    ['\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc', 'a chunk is longer than it says'],
    ['\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc0\r\n', 'a chunk is longer than it says'],
  ])('that is not HTTP is an error that names it: 200 OK%j', (text, what) => {
    expect(() => read(Buffer.from(`HTTP/1.1 200 OK${text}\r\n\r\n`))).toThrow(
      `did not answer in HTTP/1.1: ${what}`,
    );
  });

  it.each(['HTTP/2 200 OK', 'HTTP/1.1 20 OK', 'HTTP/1.1 2000', 'SSH-2.0-OpenSSH'])(
    'does not begin with %s',
    (line) => {
      expect(() => read(Buffer.from(`${line}\r\n\r\n`))).toThrow(
        `did not answer in HTTP/1.1: ${line}`,
      );
    },
  );

  it('may have bytes after its last chunk, which belong to nothing', () => {
    const bytes = Buffer.concat([chunked(Buffer.from('body'), 2), Buffer.from('more')]);
    expect(read(bytes)?.body).toEqual(Buffer.from('body'));
  });
});
