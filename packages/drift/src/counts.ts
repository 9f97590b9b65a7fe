import { CountsMismatchError } from './errors.ts';

/**
 * What is counted of one input column, or of one output: no value is kept. Counts of the same
 * reference add up, in any order.
 */
export interface Counts {
  /**
   * Values for each bin of the reference, in its order: one more than `edges` for numbers, one for
   * each category otherwise. The outer bins of numbers are open, so that every number is in one.
   */
  readonly bins: readonly number[];
  /** Rows without a value; they are in no bin. */
  readonly missing: number;
  /** Of the numbers in the first bin: those below the reference's minimum. */
  readonly below: number;
  /** Of the numbers in the last bin: those above the reference's maximum. */
  readonly above: number;
  /** Values that are none of the reference's categories; they are in no bin. */
  readonly unseen: number;
}

/** The counts of the inputs and outputs of one version of a model, from one moment to another. */
export interface WindowCounts {
  readonly model: string;
  /** `v1`, `v2`, … */
  readonly version: string;
  /** The first moment, in ISO 8601 with `Z`. */
  readonly from: string;
  /** The first moment that is not in it any more, in ISO 8601 with `Z`. */
  readonly to: string;
  /** Rows that were answered. */
  readonly rows: number;
  /** Requests that were refused for what was in them. */
  readonly refused: number;
  /** By the name of the column, as the reference has it. */
  readonly inputs: Readonly<Record<string, Counts>>;
  /** By the name of the output, as the reference has it. */
  readonly outputs: Readonly<Record<string, Counts>>;
}

/** Returns counts of nothing for a reference of so many bins. */
export function noCounts(bins: number): Counts {
  return { bins: new Array<number>(bins).fill(0), missing: 0, below: 0, above: 0, unseen: 0 };
}

/**
 * Returns the bin of a number: how many of the ascending edges it exceeds (`x > edge`). Takes as
 * many steps as the number of edges has binary digits.
 */
export function binOf(edges: ArrayLike<number>, value: number): number {
  let from = 0;
  let to = edges.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (value > (edges[middle] ?? Number.POSITIVE_INFINITY)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Returns the number of rows that are counted. */
export function rowsOf({ bins, missing, unseen }: Counts): number {
  return bins.reduce((sum, count) => sum + count, missing + unseen);
}

/**
 * Returns the sum of two counts.
 *
 * @throws {CountsMismatchError} when they have different numbers of bins
 */
export function mergeCounts(a: Counts, b: Counts): Counts {
  if (a.bins.length !== b.bins.length)
    throw new CountsMismatchError(
      `Counts of ${a.bins.length} and of ${b.bins.length} bins do not add up: merge counts of one version only`,
    );
  return {
    bins: a.bins.map((count, bin) => count + (b.bins[bin] ?? 0)),
    missing: a.missing + b.missing,
    below: a.below + b.below,
    above: a.above + b.above,
    unseen: a.unseen + b.unseen,
  };
}

/**
 * Returns the sum of two windows of the same version, from the earlier beginning to the later end.
 *
 * @throws {CountsMismatchError} when model, version or bins differ
 */
export function merge(a: WindowCounts, b: WindowCounts): WindowCounts {
  if (a.model !== b.model || a.version !== b.version)
    throw new CountsMismatchError(
      `Counts of ${a.model} ${a.version} and of ${b.model} ${b.version} do not add up: each version has bins of its own`,
    );
  return {
    model: a.model,
    version: a.version,
    from: Date.parse(a.from) <= Date.parse(b.from) ? a.from : b.from,
    to: Date.parse(a.to) >= Date.parse(b.to) ? a.to : b.to,
    rows: a.rows + b.rows,
    refused: a.refused + b.refused,
    inputs: mergeEach(a.inputs, b.inputs),
    outputs: mergeEach(a.outputs, b.outputs),
  };
}

function mergeEach(
  a: WindowCounts['inputs'],
  b: WindowCounts['inputs'],
): Readonly<Record<string, Counts>> {
  const merged = new Map(Object.entries(a));
  for (const [name, counts] of Object.entries(b)) {
    const other = merged.get(name);
    merged.set(name, other ? mergeCounts(other, counts) : counts);
  }
  return Object.fromEntries(merged);
}
