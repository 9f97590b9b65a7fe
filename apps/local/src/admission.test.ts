import { expect, it } from 'vitest';
import { createAdmission } from './admission.ts';

it('lets in as many as its limit, and another for each that leaves', () => {
  const { tryEnter } = createAdmission({ limit: 2 });
  const [first, second] = [tryEnter(), tryEnter()];
  expect([typeof first, typeof second, tryEnter()]).toEqual(['function', 'function', undefined]);
  first?.();
  // Leaving twice frees no second place.
  first?.();
  expect(typeof tryEnter()).toBe('function');
  expect(tryEnter()).toBeUndefined();
});
