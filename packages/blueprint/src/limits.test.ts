import { payloadLimitBytes } from '@chorus/asl';
import { expect, it } from 'vitest';
import { apiTimeoutSeconds, budgetMs, maxInputBytes, timeoutSeconds } from './limits.ts';

it('ends answers one after another: the caller, the state machine, the API', () => {
  expect(budgetMs / 1000).toBeLessThan(timeoutSeconds);
  expect(timeoutSeconds).toBeLessThan(apiTimeoutSeconds);
});

it('takes what the interpreter of state machines takes', () => {
  expect(maxInputBytes).toBe(payloadLimitBytes);
});
