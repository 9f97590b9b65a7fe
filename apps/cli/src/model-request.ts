import type { InferRequest, ModelSchema, Tensor } from '@chorus/protocol';

/** A tensor's elements as nested arrays. */
function nested(data: Tensor['data'], shape: readonly number[]): unknown {
  const [, ...inner] = shape;
  if (shape.length <= 1) return shape.length === 0 ? data[0] : data;
  const size = inner.reduce((product, each) => product * each, 1);
  return Array.from({ length: shape[0] ?? 0 }, (_, index) =>
    nested(data.slice(index * size, (index + 1) * size), inner),
  );
}

/** True if every input has one value for each row: then the inputs are the fields of a row. */
function isRecord({ inputs }: ModelSchema): boolean {
  return inputs.every(
    ({ shape }) =>
      shape[0] === -1 && (shape.length === 1 || (shape.length === 2 && shape[1] === 1)),
  );
}

/** Returns the body of `POST /predict/<model>` that asks the same as an Open Inference request about one row. */
export function predictBody(
  schema: ModelSchema,
  { inputs }: Pick<InferRequest, 'inputs'>,
): Readonly<Record<string, unknown>> {
  const [table] = inputs;
  const columns = schema.inputs[0]?.columns;
  if (table !== undefined && columns !== undefined && inputs.length === 1)
    return Object.fromEntries(columns.map(({ name }, index) => [name, table.data[index]]));
  if (inputs.length > 1 && isRecord(schema))
    return Object.fromEntries(inputs.map(({ name, data }) => [name, data[0]]));
  return Object.fromEntries(inputs.map(({ name, data, shape }) => [name, nested(data, shape)]));
}
