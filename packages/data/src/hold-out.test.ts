import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdOut, rowHash } from './hold-out.ts';

const number = fc.double({ noNaN: true });

describe('rowHash', () => {
  it('is the first eight bytes of a SHA-256 of little-endian doubles', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(number, { minLength: 1 }), (seed, row) => {
        const bytes = Buffer.alloc(8 * (row.length + 1));
        [seed, ...row].forEach((value, at) => {
          bytes.writeDoubleLE(value === 0 ? 0 : value, at * 8);
        });
        const first = createHash('sha256').update(bytes).digest().readBigUInt64BE();
        expect(rowHash(seed, row.length)(row)).toBe(Number(first) / 2 ** 64);
      }),
    );
  });

  it('takes every NaN, and both zeros, for the same', () => {
    const hash = rowHash(1, 2);
    const otherNaN = new Float64Array(Uint8Array.of(1, 0, 0, 0, 0, 0, 0xf8, 0xff).buffer);
    expect(hash([Number(otherNaN[0]), -0])).toBe(hash([Number.NaN, 0]));
  });
});

describe('holdOut', () => {
  it('holds out the share of different rows, by seed', () => {
    const held = (seed: number) => {
      const isHeldOut = holdOut({ seed, share: 0.2 }, 1);
      return Array.from({ length: 10_000 }, (_, row) => row).filter((row) => isHeldOut([row]));
    };
    // Five standard deviations of a binomial count are 200.
    expect(Math.abs(held(1).length - 2000)).toBeLessThan(200);
    const other = new Set(held(2));
    expect(Math.abs(held(1).filter((row) => other.has(row)).length - 400)).toBeLessThan(100);
  });

  it('holds out what it has always held out: versions are compared by it', () => {
    const isHeldOut = holdOut({ seed: 42, share: 0.2 }, 2);
    expect([...Array(40).keys()].filter((row) => isHeldOut([row, 1.5]))).toMatchInlineSnapshot(`
      [
        2,
        4,
        16,
        21,
        34,
      ]
    `);
  });
});
