import { expect, it } from 'vitest';
import { fitSvr } from './support-vector-regression.ts';

const options = { c: 1, epsilon: 0.1, gamma: 0, tolerance: 1e-3 };

it('refuses more rows than its kernel matrix is made for', () => {
  const target = new Float64Array(10_001);
  const table = { columns: ['x'], features: new Float64Array(10_001), target };
  expect(() => fitSvr(table, options)).toThrow('10001 rows');
});

it('uses the gamma it is given', () => {
  const [features, target] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 4, 2, 3)];
  const table = { columns: ['x'], features, target };
  expect(fitSvr(table, { ...options, gamma: 2.5 }).gamma).toBe(2.5);
  // Standardised features have a variance of one.
  expect(fitSvr(table, options).gamma).toBeCloseTo(1, 12);
});
