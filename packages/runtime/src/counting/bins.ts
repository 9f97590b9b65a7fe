/** Cells that the range of a column is cut into, to find a value's bin in about one step. */
const cells = 256;

/** The bins of one column, prepared so that a value's is found quickly. */
export interface Bins {
  /** Number of bins. */
  readonly size: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Inner edges, ascending, and infinity at the end. */
  readonly edges: Float64Array;
  /** Cells for each unit of the column. */
  readonly perUnit: number;
  /** By cell: a bin that is not above that of any value in it. */
  readonly starts: Uint16Array;
}

/** The bin right of every edge that a value exceeds. */
function plainBin(edges: Float64Array, value: number): number {
  let bin = 0;
  while (value > (edges[bin] ?? Number.POSITIVE_INFINITY)) bin += 1;
  return bin;
}

/**
 * Prepares the bins of a column.
 *
 * @param edges inner edges, ascending and distinct; a value is in the bin right of every edge it exceeds
 * @param minimum least value of the reference
 * @param maximum greatest value of the reference
 */
export function prepareBins(edges: readonly number[], minimum: number, maximum: number): Bins {
  const ended = Float64Array.from([...edges, Number.POSITIVE_INFINITY]);
  const perUnit = cells / (maximum - minimum);
  const starts = new Uint16Array(cells + 2);
  for (let cell = 0; cell < starts.length; cell += 1) {
    // One cell further left: a value that rounding puts into the next cell is still right of its start.
    starts[cell] = cell === 0 ? 0 : plainBin(ended, minimum + (cell - 1) / perUnit);
  }
  return { size: ended.length, minimum, maximum, edges: ended, perUnit, starts };
}

function add(tally: Uint32Array, counter: number): void {
  tally[counter] = (tally[counter] ?? 0) + 1;
}

/** The figures of a column behind those of its bins. */
export const beyondBins = { missing: 0, below: 1, above: 2, unseen: 3, size: 4 } as const;

/** Returns the bin of a number. */
function binOf({ minimum, maximum, edges, perUnit, starts }: Bins, value: number): number {
  const isWithin = value >= minimum && value <= maximum;
  let bin = isWithin ? (starts[((value - minimum) * perUnit) | 0] ?? 0) : 0;
  while (value > (edges[bin] ?? Number.POSITIVE_INFINITY)) bin += 1;
  return bin;
}

/**
 * Counts the values of one column of a row-major tensor: its bins, then what is missing (NaN), below the reference's minimum and
 * above its maximum. Values outside the range are also in the outer bins.
 *
 * @param tally one counter for each bin, then those of `beyondBins`
 */
export function countNumbers(
  tally: Uint32Array,
  bins: Bins,
  data: ArrayLike<number>,
  { offset, width }: { readonly offset: number; readonly width: number },
): void {
  const { size, minimum, maximum } = bins;
  for (let index = offset; index < data.length; index += width) {
    const value = data[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      add(tally, size + beyondBins.missing);
      continue;
    }
    if (value < minimum) add(tally, size + beyondBins.below);
    else if (value > maximum) add(tally, size + beyondBins.above);
    add(tally, binOf(bins, value));
  }
}

/** Returns what one number counts as, as text: the same as of a tally, at a fraction of the time. */
export function writeNumber(bins: Bins, value: number): string {
  if (Number.isNaN(value)) return 'm';
  const bin = String(binOf(bins, value));
  if (value < bins.minimum) return `${bin},b`;
  return value > bins.maximum ? `${bin},a` : bin;
}

/**
 * Counts the categories of one column: the bin of each is its place in the reference's list, and what is not in it is unseen.
 *
 * @param tally one counter for each category, then those of `beyondBins`
 */
export function countCategories(
  tally: Uint32Array,
  categories: ReadonlyMap<string, number>,
  data: ArrayLike<unknown>,
  { offset, width }: { readonly offset: number; readonly width: number },
): void {
  const { size } = categories;
  for (let index = offset; index < data.length; index += width) {
    const value = data[index];
    const isMissing = value === null || value === undefined || Number.isNaN(value);
    const place = isMissing ? size + beyondBins.missing : categories.get(String(value));
    add(tally, place ?? size + beyondBins.unseen);
  }
}
