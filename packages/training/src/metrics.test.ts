import { expect, it } from 'vitest';
import { evaluate } from './metrics.ts';

it('measures error and explained variance', () => {
  const { rmse, r2 } = evaluate(Float64Array.of(1, 2, 6), Float64Array.of(1, 2, 3));
  expect(rmse).toBeCloseTo(Math.sqrt(3), 12);
  expect(r2).toBeCloseTo(1 - 9 / 2, 12);
});

it('gives r2 a finite value when the target does not vary', () => {
  expect(evaluate(Float64Array.of(4, 4), Float64Array.of(4, 4))).toEqual({ rmse: 0, r2: 1 });
  expect(evaluate(Float64Array.of(5, 5), Float64Array.of(4, 4))).toEqual({ rmse: 1, r2: 0 });
});
