import { expect, it } from 'vitest';
import { resolveOptions } from './options.ts';

const rules = {
  trees: { description: 'how many', default: 100, minimum: 1, maximum: 500, integer: true },
  share: { description: 'how much', default: 0.5, minimum: 0, maximum: 1 },
};

it('fills in defaults', () => {
  expect(resolveOptions('t', rules, {})).toEqual({ trees: 100, share: 0.5 });
});

it('reads text as a command line gives it', () => {
  expect(resolveOptions('t', rules, { trees: '200' })).toEqual({ trees: 200, share: 0.5 });
});

it.each([
  [{ trees: 0 }, "trees is '0' but must be a whole number from 1 to 500 (how many)"],
  [{ trees: 1.5 }, "trees is '1.5' but must be a whole number"],
  [{ trees: 'many' }, "trees is 'many'"],
  [{ share: '' }, "share is '' but must be a number from 0 to 1"],
  [{ share: NaN }, "share is 'NaN'"],
  [{ toString: 1 }, "t has no option 'toString'; it takes trees, share"],
])('refuses %j', (given, message) => {
  expect(() => resolveOptions('t', rules, given)).toThrow(message);
});
