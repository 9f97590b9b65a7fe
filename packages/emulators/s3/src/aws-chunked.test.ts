import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAwsChunkedDecoder } from './aws-chunked.ts';
import { S3Error } from './errors.ts';

interface Framing {
  readonly chunks: readonly Uint8Array[];
  readonly signed: boolean;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Encodes as SDKs do, by the same description the decoder follows. */
function encode({ chunks, signed, trailers }: Framing): Buffer {
  const signature = signed ? `;chunk-signature=${'f'.repeat(64)}` : '';
  const pieces: (string | Uint8Array)[] = [];
  for (const chunk of chunks) {
    pieces.push(`${chunk.length.toString(16)}${signature}\r\n`, chunk, '\r\n');
  }
  pieces.push(`0${signature}\r\n`);
  for (const [name, value] of Object.entries(trailers)) pieces.push(`${name}:${value}\r\n`);
  if (signed) pieces.push(`x-amz-trailer-signature:${'e'.repeat(64)}\r\n`);
  pieces.push('\r\n');
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

/** Feeds `body` in pieces of the given sizes, the last one repeated. */
function decode(
  body: Buffer,
  sizes: readonly number[],
): { payload: Buffer; trailers: ReadonlyMap<string, string> } {
  const decoder = createAwsChunkedDecoder();
  const payload: Buffer[] = [];
  for (let start = 0, turn = 0; start < body.length; turn++) {
    const size = sizes[Math.min(turn, sizes.length - 1)] ?? body.length;
    payload.push(
      ...decoder.push(body.subarray(start, start + size)).map((view) => Buffer.from(view)),
    );
    start += size;
  }
  return { payload: Buffer.concat(payload), trailers: decoder.end() };
}

const framing: fc.Arbitrary<Framing> = fc.record({
  chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 70 }), { maxLength: 8 }),
  signed: fc.boolean(),
  trailers: fc.constantFrom({}, { 'x-amz-checksum-crc32': 'AAAAAA==' }),
});
const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 });

describe('the aws-chunked decoder', () => {
  it('gives back payload and trailers however the network cuts the body', () => {
    fc.assert(
      fc.property(framing, cuts, (frames, sizes) => {
        const { payload, trailers } = decode(encode(frames), sizes);
        expect(payload).toEqual(Buffer.concat(frames.chunks));
        for (const [name, value] of Object.entries(frames.trailers)) {
          expect(trailers.get(name)).toBe(value);
        }
      }),
    );
  });

  it('does not take a body cut short for a whole one', () => {
    fc.assert(
      fc.property(framing, fc.nat(), (frames, random) => {
        const body = encode({ ...frames, trailers: {}, signed: false });
        // Up to the terminating chunk's own line; the blank line behind it carries nothing.
        const cut = body.subarray(0, random % (body.length - 2));
        expect(() => decode(cut, [7])).toThrow(S3Error);
      }),
    );
  });

  it('throws nothing but S3 errors at garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, sizes) => {
        try {
          decode(Buffer.from(bytes), sizes);
        } catch (error) {
          expect(error).toBeInstanceOf(S3Error);
        }
      }),
    );
  });

  it('reads the trailer of the S3 documentation, with its bare line feed and blank line', () => {
    const body = Buffer.from(
      '3;chunk-signature=ab\r\nabc\r\n0;chunk-signature=cd\r\nx-amz-checksum-crc32c:wdBDMA==\n\r\nx-amz-trailer-signature:ef\r\n\r\n',
    );
    const { payload, trailers } = decode(body, [5]);
    expect(payload.toString()).toBe('abc');
    expect(trailers.get('x-amz-checksum-crc32c')).toBe('wdBDMA==');
  });

  it.each([
    ['a size that is no number', 'xyz\r\nabc\r\n0\r\n\r\n'],
    ['a chunk longer than it says', '2\r\nabc\r\n0\r\n\r\n'],
    ['a negative size', '-1\r\n\r\n'],
    ['an endless chunk header', `1;${'a'.repeat(20_000)}`],
  ])('refuses %s', (_, body) => {
    expect(() => decode(Buffer.from(body), [100_000])).toThrow(/malformed/);
  });
});
