import type { Column, InferRequest, ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import type { Example } from './example.ts';
import { ownExample, rowsOf, sampleRows } from './sample-rows.ts';
import { elementOf, tensorOfRows } from './tensor-of-rows.ts';

/** A request that a version is to answer before it is live, and what to call it in messages. */
export interface TrialRequest {
  readonly request: InferRequest;
  /** `its example`, `rows drawn from its manifest`, … */
  readonly origin: string;
  /** How many rows every output has to have; undefined when the request is not a table. */
  readonly rows: number | undefined;
}

/** Two rows, where a request may have them: a graph that answers one row for any number is found so. */
function rowCount({ inputs, maxBatch }: ModelSchema): number | undefined {
  const isTable = inputs.every(({ shape }) => shape[0] === -1 && shape.length <= 2);
  return isTable ? Math.min(2, maxBatch) : undefined;
}

/**
 * The request to try a version with: an example of requests, else the one in its manifest, else rows of a workflow's example or
 * as its manifest describes them, else zeros.
 */
export function trialRequest(manifest: Manifest, examples: readonly Example[]): TrialRequest {
  const { schema } = manifest;
  const request = ownExample([manifest], examples);
  if (request !== undefined) return { request, origin: 'its example', rows: undefined };
  const rows = rowCount(schema);
  const [example] = rowsOf(schema, examples);
  if (example !== undefined)
    return { request: table(schema, repeat(example, rows ?? 1)), origin: 'its example', rows };
  const drawn = sampleRows(schema, [manifest], []);
  if (drawn !== undefined) {
    const some = Array.from({ length: rows ?? 1 }, () => drawn.next().value);
    return { request: table(schema, some), origin: 'rows drawn from its manifest', rows };
  }
  const nothing = { inputs: schema.inputs.map((input) => zeros(input, rows ?? 1)) };
  return { request: nothing, origin: 'zeros (nothing says what its requests look like)', rows };
}

function repeat<Of>(value: Of, times: number): Of[] {
  return Array.from({ length: times }, () => value);
}

function table({ inputs }: ModelSchema, rows: readonly (readonly number[])[]): InferRequest {
  return { inputs: inputs.map((input) => tensorOfRows(input, rows)) };
}

/** Returns a tensor of zeros, or of what is nearest to zero in its columns' ranges; texts are empty, or the first category. */
function zeros({ name, datatype, shape, columns }: TensorSpec, rows: number): Tensor {
  const sizes = shape.map((size, axis) => (size === -1 ? (axis === 0 ? rows : 1) : size));
  const length = sizes.reduce((product, size) => product * size, 1);
  const data = Array.from({ length }, (_, index) => {
    const column = columns?.[index % columns.length] ?? {};
    const { minimum = -Infinity, maximum = Infinity, categories }: Partial<Column> = column;
    if (categories?.[0] !== undefined) return categories[0];
    return elementOf(datatype, Math.min(maximum, Math.max(minimum, 0)));
  });
  return { name, datatype, shape: sizes, data };
}
