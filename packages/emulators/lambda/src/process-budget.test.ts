import { expect, it } from 'vitest';
import { createProcessBudget } from './process-budget.ts';

it('has room for so many processes, counts even more, and has room again when they leave', () => {
  const budget = createProcessBudget(2);
  const told: unknown[] = [];
  for (const step of [budget.enter, budget.enter, budget.enter, budget.leave, budget.leave]) {
    told.push(budget.hasRoom());
    step();
  }
  expect(told).toEqual([true, true, false, false, false]);
  expect([budget.running, budget.hasRoom()]).toEqual([1, true]);
});
