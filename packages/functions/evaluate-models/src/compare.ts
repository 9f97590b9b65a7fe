import type { Measured, VersionFigures } from '@chorus/pipeline-runs';

/** Drawings that an interval is made of. */
const drawings = 1000;

/** Share of the drawings that lies outside of an interval, on each side. */
const tail = 0.025;

/** A generator of numbers in `[0, 1)`, the same ones for a seed: mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a statistic with what it may as well be: its percentiles over samples of as many rows, drawn with replacement. */
function bootstrap(rows: number, seed: number, of: (sample: Int32Array) => number): Measured {
  const random = generator(seed);
  const whole = Int32Array.from({ length: rows }, (_, row) => row);
  const sample = new Int32Array(rows);
  const drawn = Float64Array.from({ length: drawings }, () => {
    for (let row = 0; row < rows; row++) sample[row] = Math.floor(random() * rows);
    return of(sample);
  }).sort();
  const at = (share: number) => drawn[Math.round(share * (drawings - 1))] ?? Number.NaN;
  return { value: of(whole), low: at(tail), high: at(1 - tail) };
}

const meanOf = (values: Float64Array) => (sample: Int32Array) => {
  let sum = 0;
  for (const row of sample) sum += values[row] ?? 0;
  return sum / sample.length;
};

const squaredErrors = (predictions: Float64Array, target: Float64Array): Float64Array =>
  predictions.map((value, row) => (value - (target[row] ?? 0)) ** 2);

/** Returns RMSE and R squared of predictions, with intervals of 95 %. */
export function figuresOf(
  predictions: Float64Array,
  target: Float64Array,
  seed: number,
): VersionFigures {
  const errors = meanOf(squaredErrors(predictions, target));
  const r2 = (sample: Int32Array) => {
    const mean = meanOf(target)(sample);
    const spread = meanOf(target.map((value) => (value - mean) ** 2))(sample);
    return 1 - errors(sample) / spread;
  };
  return {
    rmse: bootstrap(target.length, seed, (sample) => Math.sqrt(errors(sample))),
    r2: bootstrap(target.length, seed, r2),
  };
}

/**
 * Returns by how much a challenger's mean squared error is smaller than a champion's on the same rows, with an interval of 95 %
 * from samples of the pairs.
 */
export function difference(
  champion: Float64Array,
  challenger: Float64Array,
  target: Float64Array,
  seed: number,
): Measured {
  const better = squaredErrors(challenger, target);
  const gains = squaredErrors(champion, target).map((error, row) => error - (better[row] ?? 0));
  return bootstrap(target.length, seed, meanOf(gains));
}
