import type { InferRequest, ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { drawRows } from './draw-row.ts';
import type { Example } from './example.ts';
import { randomFrom } from './random.ts';
import { elementOf, requestOfRows, rowInputs } from './row-request.ts';
import { ownExamples, rowExamples } from './sample-requests.ts';

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
  const { schema, training } = manifest;
  const [own] = ownExamples([manifest], examples);
  if (own !== undefined) return { request: own, origin: 'its example', rows: undefined };
  const rows = rowCount(schema);
  const [example] = rowExamples(schema, examples, rows);
  if (example !== undefined) return { request: example, origin: 'its example', rows };
  const draw = drawRows(schema, training?.reference ?? [], randomFrom(0));
  if (draw !== undefined) {
    const some = Array.from({ length: rows ?? 1 }, draw);
    const request = requestOfRows(rowInputs(schema) ?? [], some);
    return { request, origin: 'rows drawn from its manifest', rows };
  }
  const nothing = { inputs: schema.inputs.map((input) => zeros(input, rows ?? 1)) };
  return { request: nothing, origin: 'zeros (nothing says what its requests look like)', rows };
}

/** Returns a tensor of zeros, or of what is nearest to zero in its columns' ranges; texts are the first category, or empty. */
function zeros({ name, datatype, shape, columns }: TensorSpec, rows: number): Tensor {
  const sizes = shape.map((size, axis) => (size === -1 ? (axis === 0 ? rows : 1) : size));
  const length = sizes.reduce((product, size) => product * size, 1);
  const data = Array.from({ length }, (_, index) => {
    const column = columns?.[index % columns.length];
    const { minimum = -Infinity, maximum = Infinity, categories } = column ?? {};
    return categories?.[0] ?? elementOf(datatype, Math.min(maximum, Math.max(minimum, 0)));
  });
  return { name, datatype, shape: sizes, data };
}
