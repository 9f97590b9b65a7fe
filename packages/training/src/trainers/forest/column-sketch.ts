import { sampleRows } from '../../rows/sample-rows.ts';
import { columnOf, type Table } from '../../table.ts';

/** Bins of a column: as many as a byte can name. */
export const mostBins = 256;

/**
 * Rows that the edges of bins are taken from. The share of rows in a bin is then off by some 0.1 % of all rows, whatever
 * their number.
 */
const sampleSize = 200_000;

/** What is learned of the columns in a first pass over the rows. */
export interface ColumnSketch {
  /** Looks at more rows. */
  add(piece: Table): void;
  /**
   * Returns, per column, the largest float32 of every bin but the last, ascending. A column of no more than 256 values
   * has a bin for each; any other has about as many rows of the sample in each.
   */
  edges(): Float32Array[];
}

/** Starts a sketch; the same rows and seed give the same edges, in pieces of any size. */
export function columnSketch(columns: readonly string[], seed: number): ColumnSketch {
  const sample = sampleRows(columns, sampleSize, seed);
  const distinct = columns.map(() => new Set<number>());
  return {
    add: (piece) => {
      sample.add(piece);
      distinct.forEach((values, column) => {
        for (let at = column; at < piece.features.length && values.size <= mostBins; ) {
          values.add(Math.fround(piece.features[at] ?? Number.NaN));
          at += columns.length;
        }
      });
    },
    edges: () => {
      const table = sample.table();
      return distinct.map((values, column) =>
        values.size <= mostBins
          ? Float32Array.from(values).sort().slice(0, -1)
          : quantileEdges(Float32Array.from(columnOf(table, column)).sort()),
      );
    },
  };
}

/** @param sorted - ascending, at least one value */
function quantileEdges(sorted: Float32Array): Float32Array {
  const last = sorted.at(-1) ?? Number.NaN;
  const quantiles = Array.from(
    { length: mostBins - 1 },
    (_, bin) => sorted[Math.ceil(((bin + 1) * sorted.length) / mostBins) - 1] ?? Number.NaN,
  );
  return Float32Array.from(new Set(quantiles.filter((edge) => edge < last)));
}
