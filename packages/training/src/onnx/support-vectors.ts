import type { GraphPorts } from '../trainer.ts';
import type { StandardScaler } from '../trainers/standard-scaler.ts';
import { doubles, encodeModel, integers } from './model.ts';

/** f(x) = sum(weight * exp(-gamma |scaled x - vector|^2)) + intercept. */
export interface SupportVectors {
  readonly scaler: StandardScaler;
  readonly gamma: number;
  /** Row-major, scaled; at least one, with weight zero when none is needed. */
  readonly vectors: Float64Array;
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * Support vector regression as an ONNX file, the scaling inside. ONNX Runtime's SVMRegressor is
 * float32 only and slow in batches, so it is spelt out in standard operators: |z - v|^2 = |z|^2 - 2
 * z.v + |v|^2 makes the kernel one matrix product.
 *
 * The product takes the centred features, with the scaling in its other factor: a scale of one
 * element (a table of one column) next to a MatMul would be fused into it, and ONNX Runtime 1.30
 * keeps a fused scale in float32.
 */
export function encodeSupportVectors(model: SupportVectors, ports: GraphPorts): Uint8Array {
  const { scaler, gamma, vectors, weights, intercept } = model;
  const columns = scaler.mean.length;
  const count = weights.length;
  const projection = new Float64Array(vectors.length);
  const lengths = new Float64Array(count);
  vectors.forEach((value, index) => {
    const [vector, column] = [Math.floor(index / columns), index % columns];
    projection[column * count + vector] = (2 * gamma * value) / (scaler.std[column] ?? Number.NaN);
    lengths[vector] = (lengths[vector] ?? 0) + gamma * value * value;
  });
  return encodeModel({
    ports,
    columns,
    nodes: [
      { opType: 'Sub', input: [ports.input, 'mean'], output: ['centred'] },
      { opType: 'Div', input: ['centred', 'std'], output: ['scaled'] },
      { opType: 'MatMul', input: ['centred', 'projection'], output: ['products'] },
      { opType: 'Mul', input: ['scaled', 'scaled'], output: ['squares'] },
      { opType: 'ReduceSum', input: ['squares', 'last'], output: ['square'] },
      { opType: 'Mul', input: ['square', 'gamma'], output: ['length'] },
      { opType: 'Sub', input: ['products', 'lengths'], output: ['partial'] },
      { opType: 'Sub', input: ['partial', 'length'], output: ['exponent'] },
      { opType: 'Exp', input: ['exponent'], output: ['kernel'] },
      { opType: 'MatMul', input: ['kernel', 'weights'], output: ['weighed'] },
      { opType: 'Add', input: ['weighed', 'intercept'], output: ['answers'] },
      { opType: 'Squeeze', input: ['answers', 'last'], output: [ports.output] },
    ],
    initializers: [
      doubles('mean', [columns], scaler.mean),
      doubles('std', [columns], scaler.std),
      doubles('projection', [columns, count], projection),
      integers('last', [1]),
      doubles('gamma', [], Float64Array.of(gamma)),
      doubles('lengths', [count], lengths),
      doubles('weights', [count, 1], weights),
      doubles('intercept', [], Float64Array.of(intercept)),
    ],
  });
}
