import type { SplitRule, TrainingRecord } from './manifest.ts';

/** Tells whether two splits hold out the same rows of a file. */
const isSameRule = (one: SplitRule, other: SplitRule | undefined): boolean =>
  one.by === other?.by && one.seed === other.seed && one.share === other.share;

/** Tells whether a version may have been trained on rows that this rule holds out: unless it was split by it. */
export function mayHaveSeen(training: TrainingRecord | undefined, rule: SplitRule): boolean {
  return !isSameRule(rule, training?.split?.rule);
}

/** Tells whether two versions were judged on the same rows: the same data, divided in the same way. */
export function judgedOnSameRows(
  one: TrainingRecord | undefined,
  other: TrainingRecord | undefined,
): boolean {
  if (one?.dataset?.sha256 !== other?.dataset?.sha256) return false;
  const [rule, otherRule] = [one?.split?.rule, other?.split?.rule];
  if (rule !== undefined) return isSameRule(rule, otherRule);
  // Without a rule the rows were drawn by the trainer's seed.
  return otherRule === undefined && one?.seed === other?.seed;
}
