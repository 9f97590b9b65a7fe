import type {
  Column,
  Datatype,
  InferRequest,
  ModelSchema,
  Tensor,
  TensorSpec,
} from '@chorus/protocol';

/** An element of a tensor. */
export type Element = Tensor['data'][number];

/** An input that takes rows, and the names of its columns. */
export interface RowInput {
  readonly input: TensorSpec;
  readonly columns: readonly Column[];
}

/**
 * Returns the columns of a model whose inputs all take rows: `[-1]` or `[-1, columns]`. An input of one column without a
 * name has the input's own; undefined when an input takes anything else.
 */
export function rowInputs({ inputs }: ModelSchema): readonly RowInput[] | undefined {
  const found = inputs.flatMap((input): readonly RowInput[] => {
    const { name, shape, columns } = input;
    const [rows, width = 1, ...more] = shape;
    if (rows !== -1 || more.length > 0) return [];
    if (columns !== undefined) return [{ input, columns }];
    return width === 1 ? [{ input, columns: [{ name, description: '' }] }] : [];
  });
  return found.length === inputs.length ? found : undefined;
}

/** Returns rows as a request: in each row the elements of all inputs, one after the other. */
export function requestOfRows(
  inputs: readonly RowInput[],
  rows: readonly (readonly Element[])[],
): InferRequest {
  let first = 0;
  return {
    inputs: inputs.map(({ input: { name, datatype, shape }, columns }) => {
      const start = first;
      first += columns.length;
      const data = rows.flatMap((row) => row.slice(start, start + columns.length));
      const size = shape.length === 1 ? [rows.length] : [rows.length, columns.length];
      return { name, datatype, shape: size, data };
    }),
  };
}

/** Returns the row that values by column name are; undefined when one is missing or of another type. */
export function rowOf(
  inputs: readonly RowInput[],
  values: Readonly<Record<string, unknown>>,
): readonly Element[] | undefined {
  const row = inputs.flatMap(({ input, columns }) =>
    columns.map(({ name }) => elementOfValue(input, values[name])),
  );
  return row.every((element) => element !== undefined) ? row : undefined;
}

function elementOfValue({ datatype, missing }: TensorSpec, value: unknown): Element | undefined {
  if (datatype === 'BYTES') return typeof value === 'string' ? value : undefined;
  if (datatype === 'BOOL' && typeof value === 'boolean') return value;
  if (value === null && missing === true) return Number.NaN;
  return typeof value === 'number' ? elementOf(datatype, value) : undefined;
}

/** A number as an element of a tensor, whole where the datatype has no others; a text is empty, since no number is one. */
export function elementOf(datatype: Datatype, value: number): number | boolean | string {
  if (datatype === 'BYTES') return '';
  if (datatype === 'BOOL') return value > 0.5;
  return datatype.startsWith('FP') ? value : Math.round(value);
}
