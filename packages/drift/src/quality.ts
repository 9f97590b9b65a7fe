import type { FeatureReference } from '@chorus/registry/manifest';
import { type Counts, rowsOf } from './counts.ts';

/** Values that the training did not have, in a share above what chance explains. */
export interface QualityProblem {
  /** `missing`: no value; `range`: beyond the smallest and largest of the training; `unseen`: none of its categories. */
  readonly rule: 'missing' | 'range' | 'unseen';
  /** Share of the rows, from 0 to 1. */
  readonly share: number;
  /** The share that is still none. */
  readonly limit: number;
}

/** A share below is none that matters. */
const smallestShare = 0.01;

/** So many standard deviations chance does not reach: one time in 15,000. */
const deviations = 3.8;

/**
 * Of a new row, the values beyond both ends of a sample are expected to have a share of 2 / rows; with so many
 * instead of 2 it is exceeded one time in 10,000 (the gamma distribution of shape 2).
 */
const beyondEnds = 12;

/**
 * Returns what is wrong with values beside how they are distributed.
 *
 * @param rows - rows that the reference was taken from
 */
export function qualityOf(
  reference: FeatureReference,
  counts: Counts,
  rows: number,
): QualityProblem[] {
  const found = rowsOf(counts);
  const values = found - counts.missing;
  const { missing = 0 } = reference;
  const outside = Math.min(1, beyondEnds / rows);
  const rules: readonly (QualityProblem | undefined)[] = [
    problem('missing', counts.missing, found, missing, rows),
    problem('range', counts.below + counts.above, values, outside),
    problem('unseen', counts.unseen, values, 0, rows),
  ];
  return rules.filter((each) => each !== undefined);
}

/** Returns a problem where a share is above the expected one by more than both samples explain. */
function problem(
  rule: QualityProblem['rule'],
  count: number,
  of: number,
  expected: number,
  rows = Number.POSITIVE_INFINITY,
): QualityProblem | undefined {
  if (of === 0) return undefined;
  const share = count / of;
  // What both together say the share is, if it is the same.
  const common = Number.isFinite(rows)
    ? (count + expected * rows) / (of + rows)
    : Math.max(expected, 1 / of);
  const deviation = Math.sqrt(common * (1 - common) * (1 / of + 1 / rows));
  const limit = expected + Math.max(smallestShare, deviations * deviation);
  return share > limit ? { rule, share, limit } : undefined;
}
