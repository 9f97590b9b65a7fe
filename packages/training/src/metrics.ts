/** The quality of predictions for a held-out target. */
export interface Metrics {
  /** Root mean squared error, in the target's unit. */
  readonly rmse: number;
  /** Share of the target's variance explained; 1 is perfect, 0 is no better than the mean. */
  readonly r2: number;
}

/**
 * Compares predictions with the truth, row by row; both `[rows]`, at least one row. For a target
 * without variance r2 is undefined; as in scikit-learn's `r2_score` it is then 1 for a perfect fit
 * and else 0.
 */
export function evaluate(predicted: Float64Array, target: Float64Array): Metrics {
  const residual = squares(target.map((value, row) => value - (predicted[row] ?? Number.NaN)));
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  const total = squares(target.map((value) => value - mean));
  const r2 = total > 0 ? 1 - residual / total : Number(residual === 0);
  return { rmse: Math.sqrt(residual / target.length), r2 };
}

const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
