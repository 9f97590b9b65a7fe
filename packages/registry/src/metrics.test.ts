import { expect, it } from 'vitest';
import { metricsOf } from './metrics.ts';

it('metrics have a direction, which of the RMSE and R squared is known', () => {
  const recall = { value: 0.8, better: 'higher' } as const;
  expect(metricsOf({ metrics: { rmse: 2, r2: 0.9, recall } })).toEqual({
    rmse: { value: 2, better: 'lower' },
    r2: { value: 0.9, better: 'higher' },
    recall,
  });
  expect(metricsOf(undefined)).toEqual({});
});
