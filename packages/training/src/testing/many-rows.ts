import { sfc32 } from '../random.ts';
import type { RowSource } from '../rows/row-source.ts';
import { selectRows, type Table } from '../table.ts';

/**
 * Returns rows whose target depends on the first five of seven columns (Friedman 1991, Multivariate Adaptive Regression
 * Splines, equation 61) with some noise; no two targets are the same.
 *
 * @param values - how many different values a column has
 */
export function friedmanRows(rows: number, seed: number, values: number = 2 ** 32): Table {
  const random = sfc32(seed);
  const uniform = () => random.below(values) / values;
  const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const features = Float64Array.from({ length: rows * columns.length }, uniform);
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = features.subarray(row * columns.length);
    const noise = random.below(2 ** 32) / 2 ** 32;
    return 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + noise;
  });
  return { columns, features, target };
}

/** Returns a table as a source of pieces of some rows each. */
export function inPieces(table: Table, size: number): RowSource {
  const rows = table.target.length;
  return {
    columns: table.columns,
    rows,
    read: async function* () {
      for (let first = 0; first < rows; first += size) {
        const length = Math.min(size, rows - first);
        yield selectRows(
          table,
          Array.from({ length }, (_, row) => first + row),
        );
      }
    },
  };
}
