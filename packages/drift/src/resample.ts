/** Gives numbers from 0, below 1. */
export type Random = () => number;

/** mulberry32: small, fast, and the same everywhere for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** From this variance on the normal distribution is near enough to the binomial one. */
const largeVariance = 16;

/** Returns how many of some rows fall into a bin of this share. */
export function binomial(rows: number, share: number, random: Random): number {
  if (share > 0.5) return rows - binomial(rows, 1 - share, random);
  if (rows === 0 || share <= 0) return 0;
  const variance = rows * share * (1 - share);
  if (variance >= largeVariance) {
    const drawn = Math.round(rows * share + Math.sqrt(variance) * normal(random));
    return Math.min(rows, Math.max(0, drawn));
  }
  // Inversion: goes up from none until the probabilities have used up the number that was drawn.
  const odds = share / (1 - share);
  let probability = Math.exp(rows * Math.log1p(-share));
  let left = random();
  let drawn = 0;
  while (left >= probability && drawn < rows) {
    left -= probability;
    drawn += 1;
    probability *= (odds * (rows - drawn + 1)) / drawn;
  }
  return drawn;
}

/** Returns a number of the standard normal distribution (Box & Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Returns the shares of the bins in a sample of so many rows from a distribution. */
export function resample(shares: readonly number[], rows: number, random: Random): number[] {
  let rowsLeft = rows;
  let shareLeft = 1;
  return shares.map((share, bin) => {
    const isLast = bin === shares.length - 1;
    const count = isLast
      ? rowsLeft
      : binomial(rowsLeft, Math.min(1, share / Math.max(share, shareLeft)), random);
    rowsLeft -= count;
    shareLeft -= share;
    return count / rows;
  });
}
