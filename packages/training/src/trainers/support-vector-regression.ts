import { encodeSupportVectors, type SupportVectors } from '../onnx/support-vectors.ts';
import { refuseTooMany } from '../rows/fit-rows.ts';
import type { Table } from '../table.ts';
import type { FittedModel, Trainer } from '../trainer.ts';
import { solveSvr } from './smo.ts';
import { fitScaler, scale } from './standard-scaler.ts';

export interface SvrModel extends FittedModel, SupportVectors {
  readonly iterations: number;
}

type SvrOption = 'c' | 'epsilon' | 'gamma' | 'tolerance';

const name = 'support-vector-regression';
/** The kernel matrix is held whole: 10,000 rows are 400 MB. */
const mostRows = 10_000;

/**
 * Epsilon support vector regression with a radial basis function kernel on standardised features:
 * what scikit-learn calls `make_pipeline(StandardScaler(), SVR())`.
 *
 * @throws TrainingError for more than 10,000 rows, or when the tolerance is out of reach
 */
export function fitSvr(table: Table, options: Readonly<Record<SvrOption, number>>): SvrModel {
  const width = table.columns.length;
  const rows = table.target.length;
  refuseTooMany({ name, mostRows }, rows);
  const scaler = fitScaler(table);
  const scaled = scale(scaler, table.features);
  const gamma = options.gamma > 0 ? options.gamma : gammaScale(scaled, width);
  const { weights, intercept, iterations } = solveSvr({
    ...options,
    kernel: kernelMatrix(scaled, width, gamma),
    target: table.target,
  });

  const used = Array.from(weights.keys()).filter((row) => weights[row] !== 0);
  const kept = used.length > 0 ? used : [0];
  const model: SupportVectors = {
    scaler,
    gamma,
    vectors: Float64Array.from(
      kept.flatMap((row) => [...scaled.subarray(row * width, (row + 1) * width)]),
    ),
    weights: Float64Array.from(kept, (row) => weights[row] ?? Number.NaN),
    intercept,
  };
  return {
    ...model,
    iterations,
    predict: (features) => predict(model, features),
    toOnnx: (ports) => encodeSupportVectors(model, ports),
  };
}

/** Support vector regression. */
export const supportVectorRegression: Trainer<SvrOption> = {
  name,
  mostRows,
  options: {
    c: { description: 'largest weight of a row', default: 1, minimum: 1e-9, maximum: 1e9 },
    epsilon: { description: 'errors that cost nothing', default: 0.1, minimum: 0, maximum: 1e9 },
    gamma: {
      description: "width of the kernel; 0 is scikit-learn's 'scale', 1 / (columns * variance)",
      default: 0,
      minimum: 0,
      maximum: 1e9,
    },
    tolerance: {
      description: 'how far optimality may be missed, in target units',
      default: 1e-3,
      minimum: 1e-10,
      maximum: 1,
    },
  },
  fit: fitSvr,
};

function predict(model: SupportVectors, features: Float64Array): Float64Array {
  const width = model.scaler.mean.length;
  const scaled = scale(model.scaler, features);
  return Float64Array.from({ length: features.length / width }, (_, row) =>
    model.weights.reduce((sum, weight, vector) => {
      const distance = squaredDistance(scaled, row * width, model.vectors, vector * width, width);
      return sum + weight * Math.exp(-model.gamma * distance);
    }, model.intercept),
  );
}

function kernelMatrix(scaled: Float64Array, width: number, gamma: number): Float32Array {
  const rows = scaled.length / width;
  const kernel = new Float32Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      const value = Math.exp(-gamma * squaredDistance(scaled, a * width, scaled, b * width, width));
      kernel[a * rows + b] = value;
      kernel[b * rows + a] = value;
    }
  }
  return kernel;
}

/** 1 / (columns * variance of all values); a table without variance gets 1, as in scikit-learn. */
function gammaScale(scaled: Float64Array, width: number): number {
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  const variance = scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / scaled.length;
  return variance > 0 ? 1 / (width * variance) : 1;
}

function squaredDistance(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  width: number,
): number {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    sum += ((a[fromA + i] ?? Number.NaN) - (b[fromB + i] ?? Number.NaN)) ** 2;
  }
  return sum;
}
