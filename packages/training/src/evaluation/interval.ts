import { sfc32 } from '../random.ts';

/** A range that holds the true value with 95 % confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A number that depends on the means of some per-row terms: the RMSE on that of squared errors. */
export type Statistic = (means: readonly number[]) => number;

const resamples = 2000;

/** Rows up to which they are drawn again; the means of more rows are normally distributed, and drawing takes long. */
const mostDrawn = 5000;

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function weightedMean(values: Float64Array, times: Int32Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    sum += (values[row] ?? Number.NaN) * (times[row] ?? Number.NaN);
  }
  return sum / values.length;
}

/** The percentile bootstrap (Efron 1979): the statistic of as many rows, drawn with replacement, again and again. */
function drawn(terms: readonly Float64Array[], statistic: Statistic, seed: number): Interval {
  const rows = terms[0]?.length ?? 0;
  const random = sfc32(seed);
  const times = new Int32Array(rows);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    for (let draw = 0; draw < rows; draw++) {
      const row = random.below(rows);
      times[row] = (times[row] ?? 0) + 1;
    }
    values[resample] = statistic(terms.map((term) => weightedMean(term, times)));
  }
  values.sort();
  const at = (share: number) => values[Math.round(share * (resamples - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}

/** The delta method: the statistic is as good as linear in means that hardly vary, so its variance is that of a mean of rows. */
function linear(terms: readonly Float64Array[], statistic: Statistic): Interval {
  const rows = terms[0]?.length ?? 0;
  const means = terms.map(meanOf);
  const value = statistic(means);
  const slopes = means.map((mean, at) => {
    const step = Math.max(Math.abs(mean), 1e-12) * 1e-6;
    const moved = (by: number) => statistic(means.with(at, mean + by));
    return (moved(step) - moved(-step)) / (2 * step);
  });
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    let influence = 0;
    for (const [at, term] of terms.entries()) {
      influence +=
        (slopes[at] ?? Number.NaN) * ((term[row] ?? Number.NaN) - (means[at] ?? Number.NaN));
    }
    squares += influence * influence;
  }
  const half = (1.96 * Math.sqrt(squares / rows)) / Math.sqrt(rows);
  return { low: value - half, high: value + half };
}

/**
 * Returns the 95 % interval of a statistic, the same for the same rows and seed.
 *
 * @param terms - per-row terms, of one length each, at least one row
 */
export function intervalOf(
  terms: readonly Float64Array[],
  statistic: Statistic,
  seed = 0,
): Interval {
  const rows = terms[0]?.length ?? 0;
  return rows <= mostDrawn ? drawn(terms, statistic, seed) : linear(terms, statistic);
}
