import fc from 'fast-check';
import { expect, it } from 'vitest';
import { solveSvr } from './smo.ts';

/** A Gaussian kernel over points on a line. */
const kernelOf = (points: readonly number[]) =>
  Float32Array.from(points.flatMap((a) => points.map((b) => Math.exp(-((a - b) ** 2)))));

const points = fc.array(
  fc.tuple(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -5, max: 5, noNaN: true }),
  ),
  { minLength: 1, maxLength: 25 },
);

it('meets the optimality conditions', () => {
  fc.assert(
    fc.property(points, fc.constantFrom(0.1, 1, 100), (rows, c) => {
      const kernel = kernelOf(rows.map(([x]) => x));
      const target = Float64Array.from(rows, ([, y]) => y);
      const [epsilon, tolerance] = [0.1, 1e-4];
      const solution = solveSvr({ kernel, target, c, epsilon, tolerance });
      const { weights, intercept } = solution;

      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0))).toBeLessThan(1e-9);
      target.forEach((y, row) => {
        const fitted = weights.reduce(
          (sum, weight, other) => sum + weight * (kernel[row * rows.length + other] ?? NaN),
          intercept,
        );
        const error = y - fitted;
        const weight = weights[row] ?? NaN;
        // Above the tube: full weight; below: full negative weight; inside: none.
        if (weight < c) expect(error).toBeLessThan(epsilon + 2 * tolerance);
        if (weight > -c) expect(error).toBeGreaterThan(-epsilon - 2 * tolerance);
        if (weight > 0) expect(error).toBeGreaterThan(epsilon - 2 * tolerance);
        if (weight < 0) expect(error).toBeLessThan(-epsilon + 2 * tolerance);
        expect(Math.abs(weight)).toBeLessThanOrEqual(c);
      });
    }),
  );
});

it('needs no support vector when all targets fit into the tube', () => {
  const kernel = kernelOf([0, 1, 2]);
  const target = Float64Array.of(5, 5.1, 5.05);
  const solution = solveSvr({ kernel, target, c: 1, epsilon: 0.1, tolerance: 1e-6 });
  expect(solution).toMatchObject({ weights: new Float64Array(3), iterations: 0 });
  expect(solution.intercept).toBeCloseTo(5.05, 6);
});
