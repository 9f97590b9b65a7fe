import { describe, expect, it } from 'vitest';
import { countDuplicates } from './duplicates.ts';
import { rowHash } from './hold-out.ts';

describe('countDuplicates', () => {
  it('counts exactly while its table is less than half full', () => {
    const duplicates = countDuplicates();
    const hashOf = rowHash(0, 1);
    for (let row = 0; row < 3000; row++) {
      expect(duplicates.add(hashOf([row % 1000]))).toBe(row >= 1000);
    }
    expect(duplicates.figures()).toEqual({ share: 2 / 3, exact: true });
  });

  it('estimates the share of more, whatever their order', () => {
    const hashOf = rowHash(0, 1);
    const spread = countDuplicates(4096);
    const ordered = countDuplicates(4096);
    // A third repeats: two of three come once, one comes a second time.
    for (let row = 0; row < 75_000; row++) spread.add(hashOf([row % 50_000]));
    for (let row = 0; row < 75_000; row++) ordered.add(hashOf([Math.floor((row * 2) / 3)]));
    for (const { share, exact } of [spread.figures(), ordered.figures()]) {
      expect(exact).toBe(false);
      expect(share).toBeCloseTo(1 / 3, 1);
    }
  });
});
