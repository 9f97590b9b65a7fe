import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastSquares } from './least-squares.ts';

// Whole numbers are seldom nearly dependent: they are or they are not.
const number = fc.integer({ min: -10, max: 10 });

/**
 * A matrix as columns and a right side, at times with dependent columns or fewer rows than columns.
 */
const problems = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), width: fc.integer({ min: 1, max: 6 }) })
  .chain(({ rows, width }) => {
    const column = fc.array(number, { minLength: rows, maxLength: rows });
    return fc.record({
      columns: fc.array(column, { minLength: width, maxLength: width }),
      right: column,
      repeat: fc.boolean(),
    });
  })
  .map(({ columns, right, repeat }) => ({
    columns: (repeat ? [...columns, ...columns] : columns).map((c) => Float64Array.from(c)),
    right: Float64Array.from(right),
  }));

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

it('leaves a residual at right angles to every column', () => {
  fc.assert(
    fc.property(problems, ({ columns, right }) => {
      const { coefficients } = leastSquares(columns, right);
      const residual = right.map((value, row) =>
        columns.reduce((left, c, i) => left - (coefficients[i] ?? NaN) * (c[row] ?? NaN), value),
      );
      const size = Math.max(1, ...coefficients.map(Math.abs));
      for (const column of columns)
        expect(Math.abs(dot(column, residual)) / size).toBeLessThan(1e-9);
    }),
  );
});

it('gives repeated columns the same coefficient', () => {
  fc.assert(
    fc.property(problems, ({ columns, right }) => {
      const { coefficients } = leastSquares([...columns, ...columns], right);
      columns.forEach((_, i) => {
        const [first, again] = [coefficients[i] ?? NaN, coefficients[i + columns.length] ?? NaN];
        expect(Math.abs(first - again)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(first)));
      });
    }),
  );
});

it('counts independent columns', () => {
  const [a, b] = [Float64Array.of(1, 2, 3), Float64Array.of(0, 1, 0)];
  const zero = new Float64Array(3);
  expect(leastSquares([a, b], b).rank).toBe(2);
  expect(leastSquares([a, a.map((x) => -3 * x), zero], b).rank).toBe(1);
  expect(leastSquares([zero], b)).toEqual({ coefficients: Float64Array.of(0), rank: 0 });
});

it('solves a square system exactly', () => {
  // x + 2y = 5, 3x + 4y = 11
  const { coefficients } = leastSquares(
    [Float64Array.of(1, 3), Float64Array.of(2, 4)],
    Float64Array.of(5, 11),
  );
  expect([...coefficients]).toEqual([expect.closeTo(1, 12), expect.closeTo(2, 12)]);
});
