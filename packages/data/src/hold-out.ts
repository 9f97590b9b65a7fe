import { hash } from 'node:crypto';

/** Which rows are held out. */
export interface HoldOut {
  /** Another seed holds out other rows: whole number, `[0, 2^32)`. */
  readonly seed: number;
  /** Share of different rows that is held out, between 0 and 1. */
  readonly share: number;
}

/** What is held out where nothing else is asked for. */
export const usualHoldOut: HoldOut = { seed: 0, share: 0.2 };

/**
 * Returns a function that hashes rows of so many numbers to `[0, 1)`: the first eight bytes of the SHA-256 of the seed and the
 * row's numbers, each as a little-endian float64, as a big-endian number of 64 bits divided by 2^64. Minus zero counts as zero.
 *
 * @param width - numbers in a row
 * @example
 * // Python: int.from_bytes(sha256(numpy.array([seed, *row], '<f8').tobytes()).digest()[:8], 'big') / 2**64
 */
export function rowHash(seed: number, width: number): (row: ArrayLike<number>) => number {
  const numbers = new Float64Array(width + 1);
  const bytes = new Uint8Array(numbers.buffer);
  numbers[0] = seed;
  return (row) => {
    for (let column = 0; column < width; column++) {
      const value = row[column] ?? Number.NaN;
      // All bits of NaN are written alike, and -0 as 0.
      numbers[column + 1] = Number.isNaN(value) ? Number.NaN : value + 0;
    }
    const digest = hash('sha256', bytes, 'binary');
    let [high, low] = [0, 0];
    for (let at = 0; at < 4; at++) {
      high = high * 256 + digest.charCodeAt(at);
      low = low * 256 + digest.charCodeAt(at + 4);
    }
    return (high * 2 ** 32 + low) / 2 ** 64;
  };
}

/**
 * Returns whether a row is held out, by its features alone: in every file and at every place, today and later. So rows with
 * the same features stand on one side, whatever their labels, and a model that was trained by this rule has seen no row
 * that it holds out.
 *
 * @param width - number of features
 */
export function holdOut({ seed, share }: HoldOut, width: number) {
  const hashOf = rowHash(seed, width);
  return (features: ArrayLike<number>): boolean => hashOf(features) < share;
}
