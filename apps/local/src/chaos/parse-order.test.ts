import { expect, it } from 'vitest';
import { parseOrder } from './parse-order.ts';

const right = {
  fault: 'slow',
  target: { kind: 'function', name: 'svr' },
  share: 0.5,
  forMs: 1000,
  byMs: 10,
  seed: 0,
};

it('takes what is right as it is', () => {
  expect(parseOrder(right)).toEqual(right);
  const { byMs: _, ...without } = { ...right, fault: 'kill' };
  expect(parseOrder(without)).toEqual(without);
});

it.each<[object, string]>([
  [{ fault: 'slwo' }, 'fault has to be one of throttle, fail, slow, kill, corrupt, got "slwo"'],
  [{ fault: 'fail' }, 'byMs is of slow only, not of fail'],
  [{ byMs: undefined }, 'byMs has to be above 0, at most 900000 ms (15 minutes), got undefined'],
  [{ byMs: 900_001 }, 'byMs has to be above 0'],
  [{ share: 0 }, 'share has to be above 0, at most 1, got 0'],
  [{ share: 1.01 }, 'share has to be above 0, at most 1'],
  [{ share: '1' }, 'share has to be above 0, at most 1, got "1"'],
  [{ forMs: 86_400_001 }, 'forMs has to be above 0, at most 86400000 ms (a day)'],
  [{ seed: 1.5 }, 'seed has to be a whole number from 0 up, got 1.5'],
  [{ seed: -1 }, 'seed has to be'],
  [{ target: 'svr' }, 'target has to be an object'],
  [{ target: { kind: 'topic', name: 'x' } }, 'target.kind has to be one of function, table'],
  [{ target: { kind: 'table', name: 7 } }, 'target.name has to be a text'],
  [{ target: { kind: 'table', name: 'x', arn: 'y' } }, 'target has no arn: only kind, name'],
  [{ percent: 5 }, 'the fault has no percent: only fault, target, share, forMs, byMs, seed'],
])('refuses %j by name', (wrong, message) => {
  expect(() => parseOrder({ ...right, ...wrong })).toThrow(message);
});

it.each([null, 7, 'text', []])('refuses %j', (value) => {
  expect(() => parseOrder(value)).toThrow('the fault has to be an object');
});
