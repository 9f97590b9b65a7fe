import { columnOf, type Table } from '../table.ts';

/**
 * Mean and population standard deviation of each column; a column without variance has a deviation
 * of 1, as in scikit-learn.
 */
export interface StandardScaler {
  readonly mean: Float64Array;
  readonly std: Float64Array;
}

/** Measures the columns of a table. */
export function fitScaler(table: Table): StandardScaler {
  const columns = table.columns.map((_, column) => columnOf(table, column));
  const mean = Float64Array.from(columns, meanOf);
  const std = Float64Array.from(columns, (column, index) => {
    const centre = mean[index] ?? Number.NaN;
    return unitOf(centre, meanOf(column.map((value) => (value - centre) ** 2)));
  });
  return { mean, std };
}

/**
 * Measures columns that come in pieces, each by itself and then put together (Chan, Golub & LeVeque 1983, Algorithms for
 * Computing the Sample Variance, equation 2.1), which loses no more digits than measuring them at once.
 */
export function growingMoments(width: number): {
  /** Looks at more rows, given as columns of the same length. */
  add(columns: readonly Float64Array[]): void;
  scaler(): StandardScaler;
} {
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  let rows = 0;
  return {
    add: (columns) => {
      const added = columns[0]?.length ?? 0;
      if (added === 0) return;
      const all = rows + added;
      columns.forEach((column, index) => {
        const centre = meanOf(column);
        const apart = centre - (mean[index] ?? Number.NaN);
        const own = column.reduce((sum, value) => sum + (value - centre) ** 2, 0);
        squares[index] = (squares[index] ?? Number.NaN) + own + apart ** 2 * ((rows * added) / all);
        mean[index] = (mean[index] ?? Number.NaN) + apart * (added / all);
      });
      rows = all;
    },
    scaler: () => ({
      mean: mean.slice(),
      std: squares.map((sum, index) => unitOf(mean[index] ?? Number.NaN, sum / rows)),
    }),
  };
}

/** A column of one value can differ from its computed mean by rounding: that is no variance. */
function unitOf(mean: number, variance: number): number {
  const deviation = Math.sqrt(variance);
  return deviation > 10 * Number.EPSILON * Math.abs(mean) ? deviation : 1;
}

/** Row-major features in standard deviations from the mean. */
export function scale({ mean, std }: StandardScaler, features: Float64Array): Float64Array {
  const width = mean.length;
  return features.map((value, index) => {
    const column = index % width;
    return (value - (mean[column] ?? Number.NaN)) / (std[column] ?? Number.NaN);
  });
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
