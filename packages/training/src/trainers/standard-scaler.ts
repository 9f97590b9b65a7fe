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
    const deviation = Math.sqrt(meanOf(column.map((value) => (value - centre) ** 2)));
    // A column of one value can differ from its computed mean by rounding: that is no variance.
    return deviation > 10 * Number.EPSILON * Math.abs(centre) ? deviation : 1;
  });
  return { mean, std };
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
