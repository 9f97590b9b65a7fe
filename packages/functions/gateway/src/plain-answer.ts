/** An answer in plain JSON: a prediction for each row, by the names of the outputs. */

import type { InferResponse, ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import { nest } from './nested.ts';

/** The body of an answer; what is not there is left out. */
export interface PlainAnswer {
  readonly predictions?: readonly Readonly<Record<string, unknown>>[];
  /** Outputs that are not of one row each. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/**
 * Returns the outputs of a model row by row: one value where an output always has one for a row, `{label: number}` where
 * it has labels, else nested arrays. An output of another number of rows stands by itself. NaN and infinities are null.
 */
export function toPlainAnswer(
  schema: ModelSchema,
  inputs: readonly Tensor[],
  response: InferResponse,
): PlainAnswer {
  const rows = inputs[0]?.shape[0];
  const isBatched = schema.inputs.some(({ shape }) => shape[0] === -1);
  const pairs = response.outputs.map((tensor) => ({
    tensor,
    spec: schema.outputs.find(({ name }) => name === tensor.name),
  }));
  const isPerRow = ({ tensor, spec }: Pair): boolean =>
    rows !== undefined &&
    tensor.shape[0] === rows &&
    (!isBatched || spec === undefined || spec.shape[0] === -1);
  const perRow = pairs.filter(isPerRow);
  const others = pairs.filter((pair) => !isPerRow(pair));
  return {
    ...(perRow.length > 0 && { predictions: predictionsOf(perRow, rows ?? 0) }),
    ...(others.length > 0 && {
      outputs: Object.fromEntries(
        others.map(({ tensor, spec }) => [
          tensor.name,
          nest(tensor.data, tensor.shape, spec?.labels),
        ]),
      ),
    }),
  };
}

interface Pair {
  readonly tensor: Tensor;
  readonly spec: TensorSpec | undefined;
}

function predictionsOf(pairs: readonly Pair[], rows: number): Readonly<Record<string, unknown>>[] {
  const outputs = pairs.map(({ tensor, spec }) => {
    const { name, data, shape } = tensor;
    const inner = shape.slice(1);
    const labels = spec?.labels;
    // An output of any number of values is a list, also where it has one this time.
    const isList = spec?.shape[1] === -1;
    const isOneValue = inner.length === 1 && inner[0] === 1 && labels === undefined && !isList;
    return { name, data, inner: isOneValue ? [] : inner, step: data.length / rows, labels };
  });
  const predictions: Readonly<Record<string, unknown>>[] = [];
  for (let row = 0; row < rows; row += 1) {
    predictions.push(
      Object.fromEntries(
        outputs.map(({ name, data, inner, step, labels }) => [
          name,
          nest(data, inner, labels, row * step),
        ]),
      ),
    );
  }
  return predictions;
}
