import { sfc32 } from '../random.ts';
import type { Table } from '../table.ts';

/** A random sample of rows that come one after the other. */
export interface RowSample {
  /** Looks at more rows. */
  add(piece: Table): void;
  /** Returns the sample, in no order that means anything; all rows, in theirs, when they are no more than its size. */
  table(): Table;
}

/** A stream of random numbers that no tree uses. */
const sampleStream = 2 ** 32 - 1;

/**
 * Starts a sample without replacement in which each row is as likely as any other (reservoir sampling: Vitter 1985,
 * Random Sampling with a Reservoir, algorithm R). The same rows in the same order give the same sample, in pieces of
 * any size.
 *
 * @param size - most rows of the sample
 */
export function sampleRows(columns: readonly string[], size: number, seed: number): RowSample {
  const random = sfc32(seed, sampleStream);
  const width = columns.length;
  const features: number[] = [];
  const target: number[] = [];
  let seen = 0;
  return {
    add: (piece) => {
      piece.target.forEach((value, row) => {
        const place = seen < size ? seen : random.below(seen + 1);
        seen++;
        if (place >= size) return;
        target[place] = value;
        for (let column = 0; column < width; column++) {
          features[place * width + column] = piece.features[row * width + column] ?? Number.NaN;
        }
      });
    },
    table: () => ({
      columns,
      features: Float64Array.from(features),
      target: Float64Array.from(target),
    }),
  };
}
