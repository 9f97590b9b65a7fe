import { TrainingError } from './errors.ts';
import { sfc32 } from './random.ts';

/** Row numbers of the two parts of a table; together they are every row once. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Share of the rows that is held out, as in scikit-learn's usual example. */
const testShare = 0.2;

/**
 * Holds out a fifth of the rows (rounded up) at random, the same rows for the same seed.
 *
 * @throws TrainingError for fewer than two rows: nothing would be left to train or to judge on
 */
export function splitRows(rows: number, seed: number): Split {
  if (rows < 2) {
    throw new TrainingError(`${rows} row(s): it takes at least two, to train on and to judge by`);
  }
  const shuffled = shuffle(
    Int32Array.from({ length: rows }, (_, row) => row),
    seed,
  );
  const testRows = Math.ceil(rows * testShare);
  return { test: shuffled.slice(0, testRows), train: shuffled.slice(testRows) };
}

/** Fisher-Yates, in place. */
function shuffle(values: Int32Array, seed: number): Int32Array {
  const random = sfc32(seed);
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = random.below(last + 1);
    [values[last], values[chosen]] = [values[chosen] ?? 0, values[last] ?? 0];
  }
  return values;
}
