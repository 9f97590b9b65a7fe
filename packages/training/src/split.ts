import { type HoldOut, rowHash } from '@chorus/data';
import { TrainingError } from './errors.ts';
import type { Table } from './table.ts';

/** Row numbers of the two parts of a table, in ascending order; together they are every row once. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Holds out the rows that `holdOut` of `@chorus/data` holds out in every file: by their features alone, about the share of
 * them. Of so few rows that none is held out, the one with the lowest hash is: it is the next that a larger share holds out.
 *
 * @throws TrainingError when one part would be empty: fewer than two different rows, or hardly more
 */
export function splitRows(table: Table, { seed, share }: HoldOut): Split {
  const width = table.columns.length;
  const hashOf = rowHash(seed, width);
  const hashes = Float64Array.from(table.target, (_, row) =>
    hashOf(table.features.subarray(row * width, (row + 1) * width)),
  );
  const lowest = hashes.reduce((least, hash) => Math.min(least, hash), 1);
  const isHeldOut = (row: number) => {
    const hash = hashes[row] ?? Number.NaN;
    return hash < share || hash === lowest;
  };
  const rows = Int32Array.from(hashes.keys());
  const test = rows.filter(isHeldOut);
  const train = rows.filter((row) => !isHeldOut(row));
  if (train.length === 0 || test.length === 0) {
    throw new TrainingError(
      `${rows.length} row(s), of which ${test.length} would be held out: it takes at least two with different features, to train on and to judge by`,
    );
  }
  return { train, test };
}
