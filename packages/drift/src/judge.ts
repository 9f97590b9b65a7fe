import type { FeatureReference, TrainingRecord } from '@chorus/registry/manifest';
import { type Counts, rowsOf, type WindowCounts } from './counts.ts';
import { CountsMismatchError } from './errors.ts';
import { type QualityProblem, qualityOf } from './quality.ts';
import {
  type Distances,
  deciding,
  distancesOf,
  minimumRows,
  thresholdsAt,
  thresholdsOf,
} from './thresholds.ts';

export type Verdict = 'drift' | 'no drift' | 'too few rows';

/** The reason that a feature has drifted: a distance above its threshold, or a rule of quality. */
export type Reason = (typeof deciding)[number] | QualityProblem['rule'];

/** How far one feature, or one output, is from its reference. */
export interface FeatureVerdict extends Distances {
  readonly name: string;
  readonly verdict: Verdict;
  /** Why it has drifted; empty otherwise. */
  readonly because: readonly Reason[];
  /** Rows with a value. */
  readonly rows: number;
  /** For a window of so many rows; absent where there are too few. */
  readonly thresholds?: Distances;
  /** Shares of the bins in the reference and in the window, in the order of the reference. */
  readonly shares: { readonly expected: readonly number[]; readonly found: readonly number[] };
  readonly problems: readonly QualityProblem[];
}

/** The verdicts on a version's inputs and outputs in one window. */
export interface WindowVerdict
  extends Pick<WindowCounts, 'model' | 'version' | 'from' | 'to' | 'rows' | 'refused'> {
  /** `no reference`: nothing in the manifest says what the training data were like. */
  readonly verdict: Verdict | 'no reference';
  readonly inputs: readonly FeatureVerdict[];
  readonly outputs: readonly FeatureVerdict[];
}

/** When a verdict is given. */
export interface JudgeOptions {
  /** Rows without which there is no verdict, 100 at least; default 300. */
  readonly minimumRows?: number;
}

/** Fewest rows that thresholds are known for. */
const fewestRows = 100;

/**
 * Judges a window of a version against the references in its manifest.
 *
 * @throws {CountsMismatchError} when the window was counted with other bins than these references have
 */
export function judge(
  training: TrainingRecord | undefined,
  window: WindowCounts,
  options: JudgeOptions = {},
): WindowVerdict {
  const { model, version, from, to, rows, refused } = window;
  const { reference = [], outputReference = [], split, dataset } = training ?? {};
  const among = reference.length + outputReference.length;
  const judgeEach = (
    references: readonly FeatureReference[],
    counts: WindowCounts['inputs'],
    of = minimumRows,
  ) => {
    const known = new Map(Object.entries(counts));
    const foreign = [...known.keys()].find((name) => references.every((one) => one.name !== name));
    if (foreign !== undefined && references.length > 0)
      throw new CountsMismatchError(
        `The window counts ${foreign}, of which the manifest of ${model} ${version} has no reference`,
      );
    return references.map((one) =>
      judgeFeature(one, known.get(one.name), { ...options, among, rows: one.rows ?? of }),
    );
  };
  const inputs = judgeEach(reference, window.inputs, split?.trainRows ?? dataset?.rows);
  const outputs = judgeEach(outputReference, window.outputs, split?.testRows ?? dataset?.rows);
  const verdict = overall([...inputs, ...outputs]);
  return { model, version, from, to, rows, refused, verdict, inputs, outputs };
}

function overall(features: readonly FeatureVerdict[]): WindowVerdict['verdict'] {
  if (features.length === 0) return 'no reference';
  const has = (verdict: Verdict) => features.some((feature) => feature.verdict === verdict);
  if (has('drift')) return 'drift';
  return has('no drift') ? 'no drift' : 'too few rows';
}

/**
 * Judges the counts of one feature, or of one output.
 *
 * @throws {CountsMismatchError} when they have other bins than the reference
 */
export function judgeFeature(
  reference: FeatureReference,
  counts: Counts | undefined,
  {
    rows: referenceRows,
    among,
    minimumRows: minimum = minimumRows,
  }: JudgeOptions & { readonly rows: number; readonly among: number },
): FeatureVerdict {
  const { name, shares: expected } = reference;
  const { bins = expected.map(() => 0) } = counts ?? {};
  if (bins.length !== expected.length)
    throw new CountsMismatchError(
      `The window counts ${name} in ${bins.length} bins, and its reference has ${expected.length}`,
    );
  const rows = bins.reduce((sum, count) => sum + count, 0);
  const found = bins.map((count) => (rows === 0 ? 0 : count / rows));
  const distances = rows === 0 ? nothing : distancesOf(reference, found);
  const least = Math.max(fewestRows, minimum);
  const isEnough = counts !== undefined && rowsOf(counts) >= least;
  const problems = isEnough ? qualityOf(reference, counts, referenceRows) : [];
  const table = reference.thresholds ?? thresholdsOf(reference, referenceRows, among);
  const thresholds = rows >= least ? thresholdsAt(table, rows) : undefined;
  const because: Reason[] = [
    ...deciding.filter((kind) => (distances[kind] ?? 0) > (thresholds?.[kind] ?? Infinity)),
    ...problems.map(({ rule }) => rule),
  ];
  const settled = thresholds === undefined ? 'too few rows' : 'no drift';
  return {
    name,
    verdict: because.length > 0 ? 'drift' : settled,
    because,
    rows,
    ...distances,
    ...(thresholds && { thresholds }),
    shares: { expected, found },
    problems,
  };
}

const nothing: Distances = { js: 0, psi: 0 };
