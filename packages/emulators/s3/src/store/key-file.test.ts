import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFileName } from './key-file.ts';

/** Keys as nasty as S3 allows: any Unicode, with what means something to a file system mixed in. */
const key = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', '..', '.', '~', '%2f', '\\', '\0', ' ', 'a', 'A', 'é', '🐍'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '' && text.isWellFormed());

describe('keyFileName', () => {
  it('is one name that stays in its folder and fits any file system', () => {
    fc.assert(
      fc.property(key, (text) => {
        const name = keyFileName(text);
        expect(name).toMatch(/^[a-z0-9_%~-][a-z0-9_.%~-]{0,254}$/);
        expect(resolve('/folder', name)).toBe(join('/folder', name));
      }),
    );
  });

  it('keeps distinct keys apart, even where a file system ignores case', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        fc.pre(a !== b);
        expect(keyFileName(a).toLowerCase()).not.toBe(keyFileName(b).toLowerCase());
      }),
    );
  });

  it.each([
    ['models/random-forest/v1/model.onnx', 'models%2frandom-forest%2fv1%2fmodel.onnx'],
    ['..', '%2e.'],
    ['../../etc/passwd', '%2e.%2f..%2fetc%2fpasswd'],
    ['.bucket.json', '%2ebucket.json'],
    ['A b', '%41%20b'],
  ])('names %s %s', (text, name) => {
    expect(keyFileName(text)).toBe(name);
  });

  it('keeps long keys apart that begin alike', () => {
    const start = 'ü'.repeat(500);
    expect(keyFileName(`${start}a`)).not.toBe(keyFileName(`${start}b`));
    expect(keyFileName(`${start}a`).length).toBeLessThanOrEqual(255);
  });
});
