import { describe, expect, it } from 'vitest';
import type { SplitRule, TrainingRecord } from './manifest.ts';
import { judgedOnSameRows, mayHaveSeen } from './same-rows.ts';

const rule: SplitRule = { by: 'features', seed: 0, share: 0.2 };

const record = (given?: SplitRule, seed = 0, sha256 = 'a'): TrainingRecord => ({
  dataset: { name: 'rows', rows: 10, sha256 },
  seed,
  split: { trainRows: 8, testRows: 2, ...(given && { rule: given }) },
  metrics: {},
});

describe('judgedOnSameRows', () => {
  it.each<[string, TrainingRecord | undefined, TrainingRecord | undefined, boolean]>([
    ['one rule, whatever the seed of the trainer', record(rule, 1), record({ ...rule }, 2), true],
    ['another seed of the split', record(rule), record({ ...rule, seed: 1 }), false],
    ['another share', record(rule), record({ ...rule, share: 0.3 }), false],
    ['other data', record(rule), record(rule, 0, 'b'), false],
    ['a rule and none', record(rule), record(), false],
    ['none and a rule', record(), record(rule), false],
    ['no rules but one seed', record(), record(), true],
    ['no rules and other seeds', record(), record(undefined, 1), false],
    ['nothing known of either', undefined, undefined, true],
    ['nothing known of one', record(rule), undefined, false],
  ])('of %s', (_, one, other, expected) => {
    expect(judgedOnSameRows(one, other)).toBe(expected);
  });
});

it('a version may have seen what another rule holds out', () => {
  expect(mayHaveSeen(record({ ...rule }), rule)).toBe(false);
  expect(mayHaveSeen(record({ ...rule, seed: 1 }), rule)).toBe(true);
  expect(mayHaveSeen(record(), rule)).toBe(true);
  expect(mayHaveSeen(undefined, rule)).toBe(true);
});
