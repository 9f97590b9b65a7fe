import { expect, it } from 'vitest';
import { checkPlan, defaultPlan } from './plan.ts';

it('a plan is checked before anything is done', () => {
  expect(() => checkPlan(defaultPlan)).not.toThrow();
  const wrong = (change: object) => () => checkPlan({ ...defaultPlan, ...change });
  expect(wrong({ canaryWeight: 1.01 })).toThrow('from 0 % to 100 %, not 101 %');
  expect(wrong({ canaryWeight: -0.1 })).toThrow('from 0 % to 100 %');
  expect(wrong({ canaryWeight: Number.NaN })).toThrow('from 0 % to 100 %');
  expect(wrong({ shadowMs: -1 })).toThrow('shadowMs must be 0 or more');
  expect(wrong({ rate: 0 })).toThrow('The rate must be above 0');
  expect(wrong({ gates: { ...defaultPlan.gates, errorRate: Number.NaN } })).toThrow('errorRate');
});
