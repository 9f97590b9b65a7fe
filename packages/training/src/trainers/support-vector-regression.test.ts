import { expect, it } from 'vitest';
import { fitRows } from '../rows/fit-rows.ts';
import { fitSvr, supportVectorRegression } from './support-vector-regression.ts';

const options = { c: 1, epsilon: 0.1, gamma: 0, tolerance: 1e-3 };

it('refuses more rows than its kernel matrix is made for', () => {
  const target = new Float64Array(10_001);
  const table = { columns: ['x'], features: new Float64Array(10_001), target };
  expect(() => fitSvr(table, options)).toThrow('at most 10000 rows, not from 10001');
});

it('says so before it reads a row of a source', async () => {
  const read = () => {
    throw new Error('a row was read');
  };
  const rows = { columns: ['x'], rows: 10_001, read };
  await expect(fitRows(supportVectorRegression, rows, options, { seed: 0 })).rejects.toThrow(
    'train it on a sample',
  );
});

it('uses the gamma it is given', () => {
  const [features, target] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 4, 2, 3)];
  const table = { columns: ['x'], features, target };
  expect(fitSvr(table, { ...options, gamma: 2.5 }).gamma).toBe(2.5);
  // Standardised features have a variance of one.
  expect(fitSvr(table, options).gamma).toBeCloseTo(1, 12);
});
