import { doubles, encodeModel, integers } from '../onnx/model.ts';
import { checkedPieces, type RowSource } from '../rows/row-source.ts';
import type { Table } from '../table.ts';
import type { FittedModel, Trainer } from '../trainer.ts';
import { growingTriangle, leastSquares } from './least-squares.ts';
import { fitScaler, growingMoments, type StandardScaler, scale } from './standard-scaler.ts';

/** A weighted sum of the features. */
export interface LinearModel extends FittedModel {
  /** One per column, in target units per feature unit. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * Linear regression with an intercept. Solved on standardised columns, so that neither units nor a
 * large offset decide what counts as dependent; of many equal fits (repeated or constant columns,
 * fewer rows than columns) the one with the smallest standardised coefficients is taken.
 */
export function fitLinear(table: Table): LinearModel {
  const width = table.columns.length;
  const rows = table.target.length;
  const scaler = fitScaler(table);
  const scaled = scale(scaler, table.features);
  const columns = table.columns.map((_, column) =>
    Float64Array.from({ length: rows }, (_, row) => scaled[row * width + column] ?? Number.NaN),
  );
  const mean = table.target.reduce((sum, value) => sum + value, 0) / rows;
  const centred = table.target.map((value) => value - mean);
  return linearModel(scaler, leastSquares(columns, centred).coefficients, mean);
}

/** Rows that are scaled and folded into the triangle at once: with 14 columns they stay in a processor's cache. */
const rowsAtOnce = 2048;

/**
 * The same of rows that need not fit into memory, read twice: for the scaling, and for the triangle that a QR of all of
 * them would end in. Coefficients agree with `fitLinear` to within rounding.
 */
async function fitLinearRows(rows: RowSource): Promise<LinearModel> {
  const width = rows.columns.length;
  const moments = growingMoments(width + 1);
  for await (const piece of checkedPieces(rows))
    moments.add(withTarget(piece, 0, piece.target.length));
  const { mean, std } = moments.scaler();

  const triangle = growingTriangle(width + 1);
  for await (const piece of checkedPieces(rows)) {
    for (let first = 0; first < piece.target.length; first += rowsAtOnce) {
      const columns = withTarget(piece, first, Math.min(first + rowsAtOnce, piece.target.length));
      columns.forEach((column, index) => {
        const [centre = Number.NaN, unit = Number.NaN] = [mean[index], std[index]];
        // The target is centred only.
        const divisor = index < width ? unit : 1;
        column.forEach((value, row) => {
          column[row] = (value - centre) / divisor;
        });
      });
      triangle.add(columns);
    }
  }
  const [right = new Float64Array(), ...left] = triangle.columns().toReversed();
  const { coefficients } = leastSquares(left.toReversed(), right);
  const scaler = { mean: mean.subarray(0, width), std: std.subarray(0, width) };
  return linearModel(scaler, coefficients, mean[width] ?? Number.NaN);
}

/** Returns the columns of some rows, the target last. */
function withTarget(table: Table, first: number, end: number): Float64Array[] {
  const width = table.columns.length;
  const columns = table.columns.map((_, column) =>
    Float64Array.from(
      { length: end - first },
      (_, row) => table.features[(first + row) * width + column] ?? Number.NaN,
    ),
  );
  return [...columns, table.target.slice(first, end)];
}

/**
 * @param standardised - a coefficient per column, in target units per standard deviation
 * @param centre - the mean of the target
 */
function linearModel(
  scaler: StandardScaler,
  standardised: Float64Array,
  centre: number,
): LinearModel {
  const width = standardised.length;
  const coefficients = standardised.map(
    (coefficient, column) => coefficient / (scaler.std[column] ?? Number.NaN),
  );
  const intercept = centre - weigh(coefficients, scaler.mean);
  return {
    coefficients,
    intercept,
    predict: (features) =>
      Float64Array.from({ length: features.length / width }, (_, row) => {
        return weigh(coefficients, features.subarray(row * width, (row + 1) * width)) + intercept;
      }),
    toOnnx: (ports) =>
      encodeModel({
        ports,
        columns: width,
        nodes: [
          { opType: 'MatMul', input: [ports.input, 'coefficients'], output: ['weighed'] },
          { opType: 'Add', input: ['weighed', 'intercept'], output: ['answers'] },
          { opType: 'Squeeze', input: ['answers', 'last'], output: [ports.output] },
        ],
        initializers: [
          // A matrix of one column: ONNX Runtime does not multiply an empty batch with a vector.
          doubles('coefficients', [width, 1], coefficients),
          doubles('intercept', [], Float64Array.of(intercept)),
          integers('last', [1]),
        ],
      }),
  };
}

/** Ordinary least squares; it has no options and draws no random numbers. */
export const ordinaryLeastSquares: Trainer<never> = {
  name: 'ordinary-least-squares',
  options: {},
  fit: fitLinear,
  fitRows: fitLinearRows,
};

const weigh = (coefficients: Float64Array, features: Float64Array) =>
  features.reduce((sum, value, column) => sum + value * (coefficients[column] ?? Number.NaN), 0);
