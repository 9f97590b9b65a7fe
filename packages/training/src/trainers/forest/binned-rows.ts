import { TrainingError } from '../../errors.ts';
import { checkedPieces, type RowSource } from '../../rows/row-source.ts';
import type { Table } from '../../table.ts';
import { columnSketch, mostBins } from './column-sketch.ts';

/** Rows with a byte per value: the bin it is in. In shared memory, so that threads need no copies. */
export interface BinnedRows {
  readonly rows: number;
  readonly width: number;
  /** Row-major, `rows * width`: a node asks several columns of a row. */
  readonly bins: Uint8Array;
  /** One per row. */
  readonly target: Float64Array;
  /** Per column, the least float32 in each bin; infinity for an empty one. */
  readonly lows: readonly Float32Array[];
  /** Per column, the greatest float32 in each bin; minus infinity for an empty one. */
  readonly highs: readonly Float32Array[];
}

/** Rows are numbered in 28 bits, beside the 4 bits of how often a bag has one (see `binned-search.ts`). */
const mostRows = 2 ** 28;

/**
 * Reads rows twice: for the edges of the bins, and to put each value into one.
 *
 * @throws TrainingError when they cannot be read or are more than 268 million
 */
export async function binRows(source: RowSource, seed: number): Promise<BinnedRows> {
  const sketch = columnSketch(source.columns, seed);
  for await (const piece of checkedPieces(source)) sketch.add(piece);
  const binned = emptyRows(source.rows, sketch.edges());
  for await (const piece of checkedPieces(source)) binned.add(piece);
  return binned.data;
}

/** Bins a table that is in memory. */
export function binTable(table: Table, seed: number): BinnedRows {
  const sketch = columnSketch(table.columns, seed);
  sketch.add(table);
  const binned = emptyRows(table.target.length, sketch.edges());
  binned.add(table);
  return binned.data;
}

function emptyRows(rows: number, edges: readonly Float32Array[]) {
  if (rows > mostRows) {
    throw new TrainingError(`${rows} rows: a forest takes at most ${mostRows}; train on a sample`);
  }
  const width = edges.length;
  const data: BinnedRows = {
    rows,
    width,
    bins: new Uint8Array(new SharedArrayBuffer(rows * width)),
    target: new Float64Array(new SharedArrayBuffer(8 * rows)),
    lows: edges.map((each) => new Float32Array(each.length + 1).fill(Number.POSITIVE_INFINITY)),
    highs: edges.map((each) => new Float32Array(each.length + 1).fill(Number.NEGATIVE_INFINITY)),
  };
  // A column's edges, filled up: every search takes as many steps.
  const padded = new Float32Array(width * mostBins).fill(Number.POSITIVE_INFINITY);
  edges.forEach((each, column) => {
    padded.set(each, column * mostBins);
  });
  let first = 0;
  const add = (piece: Table): void => {
    data.target.set(piece.target, first);
    const start = first * width;
    let column = 0;
    for (let at = 0; at < piece.features.length; at++) {
      const value = Math.fround(piece.features[at] ?? Number.NaN);
      const bin = binOf(padded, column * mostBins, value);
      data.bins[start + at] = bin;
      const low = data.lows[column];
      const high = data.highs[column];
      if (low && value < (low[bin] ?? Number.NaN)) low[bin] = value;
      if (high && value > (high[bin] ?? Number.NaN)) high[bin] = value;
      column = column + 1 === width ? 0 : column + 1;
    }
    first += piece.target.length;
  };
  return { data, add };
}

/** Returns how many of the 255 edges from a place on are below a value. */
function binOf(edges: Float32Array, from: number, value: number): number {
  let bin = 0;
  for (let step = mostBins / 2; step > 0; step >>>= 1) {
    if ((edges[from + bin + step - 1] ?? Number.NaN) < value) bin += step;
  }
  return bin;
}
