import { describe, expect, it } from 'vitest';
import { binNames } from './bin-names.ts';

const numbers = { name: 'x', mean: 1, std: 1, minimum: 0, maximum: 9 };

describe('binNames', () => {
  it('tells the values between edges, and open ends', () => {
    expect(binNames({ ...numbers, edges: [1.23456, 2], shares: [0.2, 0.5, 0.3] })).toEqual([
      'up to 1.235',
      '1.235 to 2',
      'above 2',
    ]);
    expect(binNames({ ...numbers, edges: [], shares: [1] })).toEqual(['all']);
  });

  it('tells categories', () => {
    const reference = { name: 'c', categories: ['cat', 'dog'], shares: [0.5, 0.5] };
    expect(binNames(reference)).toEqual(['cat', 'dog']);
  });
});
