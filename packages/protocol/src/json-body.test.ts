import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDepth, decodeJson, decodeText, maxJsonDepth } from './json-body.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('JSON in a body', () => {
  it('is read as any JSON is, with long integers and without a byte order mark', () => {
    expect(decodeJson(bytesOf('\ufeff{"a":[9007199254740993]}'))).toEqual({
      a: [9007199254740993n],
    });
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
        expect(() => decodeJson(bytesOf(JSON.stringify(value)))).not.toThrow();
      }),
    );
  });

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both', '[{"a":', '}]'],
  ])('may be nested so deep and no deeper: %s', (_name, open, close) => {
    const levels = (open.match(/[[{]/g) ?? []).length;
    const deep = (depth: number) =>
      bytesOf(`${open.repeat(depth / levels)}1${close.repeat(depth / levels)}`);
    expect(() => decodeJson(deep(maxJsonDepth))).not.toThrow();
    for (const depth of [maxJsonDepth + levels, 5_000, 100_000]) {
      expect(() => decodeJson(deep(depth))).toThrow('nested more than 64 levels');
    }
    expect(() => checkDepth(JSON.parse(new TextDecoder().decode(deep(5_000))))).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });

  it.each(['utf16le', 'ucs2'] as const)('is told to be UTF-8 when it is %s', (encoding) => {
    const little = Buffer.from('{"a":1}', encoding);
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      const marked = Buffer.concat(
        [bytes === big ? [0xfe, 0xff] : [0xff, 0xfe], bytes].map((part) => Buffer.from(part)),
      );
      for (const each of [bytes, marked]) {
        expect(() => decodeText(each)).toThrow('not UTF-8 text but UTF-16: send it as UTF-8');
      }
    }
  });

  it.each(['', 'a', 'ab', 'ab\0d', '\0', '\0\0\0\0', '\0ab', '\0a', 'a\0bc', 'abc\0', '\0\0a\0'])(
    'is the text %j, whose bytes are those of no other encoding',
    (text) => {
      expect(decodeText(bytesOf(text))).toBe(text);
    },
  );

  it('that is not text is refused, with what else may be wrong', () => {
    for (const bytes of [[0x80], [0x7b, 0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80]]) {
      expect(() => decodeText(Uint8Array.from(bytes), '; or not')).toThrow(
        /^the body is not UTF-8 text; or not$/,
      );
    }
  });

  it('is what its text says otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!text.startsWith('\ufeff') && !text.includes('\0'));
        expect(decodeText(bytesOf(text))).toBe(text);
      }),
    );
  });
});
