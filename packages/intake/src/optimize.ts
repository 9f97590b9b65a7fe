import type { GraphProto } from 'onnx-buf';
import { nodesOf } from './graph-parts.ts';

/** Operators whose time ONNX Runtime's fusions and memory planning shorten by much more than they cost at the start. */
const heavy: ReadonlySet<string> = new Set([
  'Attention',
  'BatchNormalization',
  'Conv',
  'ConvInteger',
  'ConvTranspose',
  'DynamicQuantizeLinear',
  'DynamicQuantizeLSTM',
  'FusedConv',
  'GRU',
  'GroupQueryAttention',
  'LayerNormalization',
  'LSTM',
  'MatMulInteger',
  'MultiHeadAttention',
  'QLinearConv',
  'QLinearMatMul',
  'RNN',
  'ScaledDotProductAttention',
]);

/** A graph with more matrix products than a small table model has. */
const manyProducts = 12;

/**
 * Tells whether a graph is worth ONNX Runtime's optimisations: convolutions, transformers and recurrent networks are;
 * for trees and small products they only make the cold start longer.
 */
export function isWorthOptimizing(graph: GraphProto): boolean {
  let products = 0;
  for (const { opType } of nodesOf(graph)) {
    if (heavy.has(opType)) return true;
    if (opType === 'MatMul' || opType === 'Gemm') products += 1;
  }
  return products >= manyProducts;
}
