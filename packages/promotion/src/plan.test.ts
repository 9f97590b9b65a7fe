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

it('a plan may go to the last of what is allowed', () => {
  const fine = (change: object) => () => checkPlan({ ...defaultPlan, ...change });
  expect(fine({ canaryWeight: 0 })).not.toThrow();
  expect(fine({ canaryWeight: 1 })).not.toThrow();
  expect(fine({ shadowMs: 0, canaryMs: 0 })).not.toThrow();
  expect(fine({ rate: 1000 })).not.toThrow();
  expect(fine({ rate: 1000.1 })).toThrow('at most 1000 a second, not 1000.1');
});
