import { TrainingError } from '../errors.ts';
import { evaluate, type Metrics } from '../metrics.ts';
import { type Interval, intervalOf } from './interval.ts';

/** Metrics of one version, each with the range that holds its true value with 95 % confidence. */
export interface MeasuredVersion {
  readonly metrics: Metrics;
  readonly intervals: { readonly [Name in keyof Metrics]: Interval };
}

/** Two versions on the same rows. */
export interface PairedComparison {
  /** By how much the challenger's RMSE is below the champion's, in the target's unit; negative where it is above. */
  readonly difference: number;
  /** Of the difference: narrower than those of either RMSE, because both versions find the same rows hard. */
  readonly interval: Interval;
  /** The challenger where all of the interval is above the margin, the champion where all of it is below zero. */
  readonly better: 'challenger' | 'champion' | 'neither';
}

export interface VersionEvaluation {
  readonly rows: number;
  readonly champion: MeasuredVersion;
  readonly challenger: MeasuredVersion;
  readonly comparison: PairedComparison;
}

export interface ComparisonOptions {
  /** How much better the challenger must be, as a share of the champion's RMSE. @default 0 */
  readonly margin?: number;
  /** Of the rows that are drawn for the interval. @default 0 */
  readonly seed?: number;
}

const squaresOf = (errors: Float64Array) => errors.map((error) => error * error);

const rmseOf = (meanSquare: number | undefined) => Math.sqrt(meanSquare ?? Number.NaN);

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Returns the errors of predictions, `predicted - true`, a row each.
 *
 * @throws {TrainingError} when there are no rows, the lengths differ, or a prediction is not finite
 */
export function errorsOf(predicted: Float64Array, target: Float64Array): Float64Array {
  if (target.length === 0) throw new TrainingError('There are no rows to judge by');
  if (predicted.length !== target.length) {
    throw new TrainingError(`${predicted.length} predictions for ${target.length} rows`);
  }
  const row = predicted.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) throw new TrainingError(`The prediction of row ${row} is ${predicted[row]}`);
  return predicted.map((value, at) => value - (target[at] ?? Number.NaN));
}

/**
 * Measures predictions of rows that the version was not trained on, with 95 % intervals.
 *
 * @throws {TrainingError} as `errorsOf`
 */
export function measureVersion(
  predicted: Float64Array,
  target: Float64Array,
  seed = 0,
): MeasuredVersion {
  const squares = squaresOf(errorsOf(predicted, target));
  const mean = meanOf(target);
  const centred = target.map((value) => value - mean);
  const r2 = ([residual, first, second]: readonly number[]) => {
    const [left = Number.NaN, offset = Number.NaN, square = Number.NaN] = [residual, first, second];
    const total = square - offset * offset;
    return total > 0 ? 1 - left / total : Number(left === 0);
  };
  return {
    metrics: evaluate(predicted, target),
    intervals: {
      rmse: intervalOf([squares], ([square]) => rmseOf(square), seed),
      r2: intervalOf([squares, centred, squaresOf(centred)], r2, seed),
    },
  };
}

/**
 * Compares the errors that two versions make on the same rows, row by row.
 *
 * @throws {TrainingError} when there are no rows, or not as many of each
 */
export function comparePaired(
  champion: Float64Array,
  challenger: Float64Array,
  { margin = 0, seed = 0 }: ComparisonOptions = {},
): PairedComparison {
  if (champion.length !== challenger.length || champion.length === 0) {
    throw new TrainingError(
      `${champion.length} errors of the champion and ${challenger.length} of the challenger are not of the same rows`,
    );
  }
  const terms = [squaresOf(champion), squaresOf(challenger)];
  const [old = new Float64Array(), next = new Float64Array()] = terms;
  const championRmse = rmseOf(meanOf(old));
  const difference = championRmse - rmseOf(meanOf(next));
  const interval = intervalOf(terms, ([one, other]) => rmseOf(one) - rmseOf(other), seed);
  const isBetter = interval.low > margin * championRmse;
  const isWorse = interval.high < 0;
  return {
    difference,
    interval,
    better: isBetter ? 'challenger' : isWorse ? 'champion' : 'neither',
  };
}

/**
 * Judges a version and the one that would replace it by their predictions of the same held-out rows.
 *
 * @throws {TrainingError} as `errorsOf`
 */
export function evaluateVersions(
  target: Float64Array,
  predictions: { readonly champion: Float64Array; readonly challenger: Float64Array },
  options: ComparisonOptions = {},
): VersionEvaluation {
  const { champion, challenger } = predictions;
  const errors = [errorsOf(champion, target), errorsOf(challenger, target)] as const;
  return {
    rows: target.length,
    champion: measureVersion(champion, target, options.seed),
    challenger: measureVersion(challenger, target, options.seed),
    comparison: comparePaired(...errors, options),
  };
}
