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
  const drawn = shares.slice();
  for (let bin = 0; bin < shares.length; bin += 1) {
    const share = shares[bin] ?? 0;
    const isLast = bin === shares.length - 1;
    const count = isLast
      ? rowsLeft
      : binomial(rowsLeft, Math.min(1, share / Math.max(share, shareLeft)), random);
    rowsLeft -= count;
    shareLeft -= share;
    drawn[bin] = count / rows;
  }
  return drawn;
}

/** Returns a number of the gamma distribution with this shape and the scale 1 (Marsaglia & Tsang 2000). */
function gamma(shape: number, random: Random): number {
  // A shape below 1 is that of one more, and a power of a uniform number.
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Returns shares of the Dirichlet distribution: those that so many rows in each bin leave possible. */
export function dirichlet(counts: readonly number[], random: Random): number[] {
  const parts = counts.map((count) => (count > 0 ? gamma(count, random) : 0));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}
