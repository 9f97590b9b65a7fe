import { doubles, encodeModel, integers } from '../onnx/model.ts';
import type { Table } from '../table.ts';
import type { FittedModel, Trainer } from '../trainer.ts';
import { leastSquares } from './least-squares.ts';
import { fitScaler, scale } from './standard-scaler.ts';

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
  const coefficients = leastSquares(columns, centred).coefficients.map(
    (coefficient, column) => coefficient / (scaler.std[column] ?? Number.NaN),
  );
  const intercept = mean - weigh(coefficients, scaler.mean);

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
};

const weigh = (coefficients: Float64Array, features: Float64Array) =>
  features.reduce((sum, value, column) => sum + value * (coefficients[column] ?? Number.NaN), 0);
