import { TrainingError } from '../errors.ts';

/** The dual problem of epsilon support vector regression. */
export interface SvrProblem {
  /**
   * Kernel of every pair of rows, `[rows * rows]`, symmetric. In float32 as in libsvm, whose
   * results it is compared with.
   */
  readonly kernel: Float32Array;
  readonly target: Float64Array;
  /** Largest weight of a row. */
  readonly c: number;
  /** Errors smaller than this cost nothing. */
  readonly epsilon: number;
  /** How far the optimality conditions may be missed, in target units. */
  readonly tolerance: number;
}

export interface SvrSolution {
  /** Weight of each row in `[-c, c]`; 0 for rows that are no support vector. */
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
}

/** libsvm's replacement of a curvature that is not positive. */
const smallestCurvature = 1e-12;
const mostIterations = 10_000_000;

/**
 * Sequential minimal optimisation with second-order choice of the pair (Fan, Chen & Lin 2005, JMLR
 * 6:1889), as libsvm does it but without shrinking.
 *
 * With the error e = target - sum(weight * kernel), raising the weight of a row pays e - epsilon
 * where the weight is not negative and e + epsilon where it is; lowering one costs e - epsilon
 * where it is positive and else e + epsilon. A step raises the row that pays most and lowers
 * another by as much, so the weights always sum to zero. (libsvm keeps a multiplier for each sign;
 * only one of the two is ever above zero.)
 *
 * @throws TrainingError when the tolerance is out of reach
 */
export function solveSvr(problem: SvrProblem): SvrSolution {
  const { kernel, target, c, epsilon, tolerance } = problem;
  const rows = target.length;
  const weights = new Float64Array(rows);
  const error = target.slice();

  for (let iterations = 0; iterations < mostIterations; iterations++) {
    let raise = 0;
    let gain = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows; i++) {
      const e = error[i] ?? Number.NaN;
      const weight = weights[i] ?? Number.NaN;
      const pays = weight < 0 ? e + epsilon : weight < c ? e - epsilon : Number.NEGATIVE_INFINITY;
      if (pays > gain) {
        gain = pays;
        raise = i;
      }
    }

    // Against it, the row with which a step along the line would lower the objective most.
    const raised = kernel.subarray(raise * rows, (raise + 1) * rows);
    let lower = raise;
    let cost = Number.POSITIVE_INFINITY;
    let step = 0;
    let most = 0;
    for (let i = 0; i < rows; i++) {
      const e = error[i] ?? Number.NaN;
      const weight = weights[i] ?? Number.NaN;
      const costs = weight > 0 ? e - epsilon : weight > -c ? e + epsilon : Number.POSITIVE_INFINITY;
      if (costs < cost) cost = costs;
      const slope = gain - costs;
      if (slope <= 0) continue;
      const own = (raised[raise] ?? Number.NaN) + (kernel[i * rows + i] ?? Number.NaN);
      const curvature = Math.max(own - 2 * (raised[i] ?? Number.NaN), smallestCurvature);
      const decrease = slope ** 2 / curvature;
      if (decrease > most) {
        most = decrease;
        step = slope / curvature;
        lower = i;
      }
    }
    if (gain - cost < tolerance) {
      return { weights, intercept: interceptOf(problem, weights, error, gain, cost), iterations };
    }

    const up = weights[raise] ?? Number.NaN;
    const down = weights[lower] ?? Number.NaN;
    // Weights stop at zero too, where the price changes, and land on bounds exactly.
    const ceiling = up < 0 ? 0 : c;
    const floor = down > 0 ? 0 : -c;
    const taken = Math.min(step, ceiling - up, down - floor);
    weights[raise] = taken === ceiling - up ? ceiling : up + taken;
    weights[lower] = taken === down - floor ? floor : down - taken;
    const lowered = kernel.subarray(lower * rows, (lower + 1) * rows);
    for (let i = 0; i < rows; i++) {
      const change = taken * ((raised[i] ?? Number.NaN) - (lowered[i] ?? Number.NaN));
      error[i] = (error[i] ?? Number.NaN) - change;
    }
  }
  throw new TrainingError(
    `No solution within ${mostIterations} steps: raise the tolerance (${tolerance}) or lower c (${c})`,
  );
}

/**
 * Rows strictly between zero and a bound lie on the edge of the tube and give the intercept;
 * without any, the middle of the range.
 */
function interceptOf(
  { c, epsilon }: SvrProblem,
  weights: Float64Array,
  error: Float64Array,
  gain: number,
  cost: number,
): number {
  const onEdge = error
    .map((e, row) => e - epsilon * Math.sign(weights[row] ?? Number.NaN))
    .filter((_, row) => {
      const size = Math.abs(weights[row] ?? Number.NaN);
      return size > 0 && size < c;
    });
  return onEdge.length > 0
    ? onEdge.reduce((sum, value) => sum + value, 0) / onEdge.length
    : (gain + cost) / 2;
}
