import {
  type Column,
  type InferRequest,
  InternalError,
  PayloadTooLargeError,
  type TensorData,
  type TensorSpec,
} from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import { maxInputBytes } from '../limits.ts';
import { variableOf } from '../names.ts';
import type { JsonSchema, Request } from './request.ts';
import {
  acceptsRows,
  assertReadable,
  dataOfRows,
  explainRejection,
  rowsOfInput,
} from './rows-jsonata.ts';

/** A table of named columns of numbers. */
export interface Rows {
  /** The name of the table's tensor. @default 'features' */
  readonly name?: string;
  readonly columns: readonly Column[];
  /** @default 1000 */
  readonly maxBatch?: number;
}

/** Schema of a body: one row of named features, or several in `instances`. */
function bodySchemaOf(columns: readonly Column[], maxBatch: number): JsonSchema {
  const values = columns.map(({ name: _, description, minimum, maximum }) => ({
    type: 'number',
    description,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  }));
  const names = columns.map(({ name }) => name);
  const row = {
    type: 'object',
    properties: Object.fromEntries(names.map((name, index) => [name, values[index]])),
    required: names,
    additionalProperties: false,
  };
  const array = { type: 'array', prefixItems: values, items: false, minItems: names.length };
  const listOf = (items: JsonSchema): JsonSchema => ({
    type: 'array',
    items,
    minItems: 1,
    maxItems: maxBatch,
  });
  const batch = {
    type: 'object',
    properties: {
      instances: { anyOf: [listOf(row), listOf(array)] },
      parameters: {
        type: 'object',
        properties: {
          timeout: { type: 'number', exclusiveMinimum: 0, description: 'in microseconds' },
        },
      },
    },
    required: ['instances'],
    additionalProperties: false,
  };
  return { anyOf: [row, batch] };
}

/** The rows of a tensor `[rows, columns]`. */
function instancesOf({ inputs }: InferRequest): readonly TensorData[] {
  const [table] = inputs;
  const [rows, columns] = table?.shape ?? [];
  if (table === undefined || rows === undefined || columns === undefined) {
    throw new InternalError('a workflow takes one table of rows and columns');
  }
  return Array.from({ length: rows }, (_, row) =>
    table.data.slice(row * columns, (row + 1) * columns),
  );
}

/** The rows of a body in column order, as one tensor. */
function tableOf(
  spec: TensorSpec,
  columns: readonly Column[],
  body: Readonly<Record<string, unknown>>,
): InferRequest {
  const { instances = [body] } = body as { readonly instances?: readonly object[] };
  const data = instances.flatMap((row) =>
    Array.isArray(row) ? row : columns.map(({ name }) => Reflect.get(row, name)),
  );
  const { name, datatype } = spec;
  return { inputs: [{ name, datatype, shape: [instances.length, columns.length], data }] };
}

/**
 * A request about rows of named features: `{"CRIM": …}`, or `{"instances": [row, …]}` where a row may be an array in column
 * order. Steps read them as one FP64 tensor, `[rows, columns]`.
 *
 * @throws {BlueprintError} if a column's name cannot be used
 */
export function rows({ name = 'features', columns, maxBatch = 1000 }: Rows): Request {
  assertReadable(columns);
  const variable = variableOf(name);
  const table: TensorSpec = { name, datatype: 'FP64', shape: [-1, columns.length], columns };
  return {
    noun: 'rows',
    bodySchema: bodySchemaOf(columns, maxBatch),
    members: {
      instances: { types: ['array'], minItems: 1, maxItems: maxBatch },
      parameters: { types: ['object'] },
    },
    inputs: [table],
    maxBatch,
    reading: {
      read: { rows: jsonata(rowsOfInput) },
      accepts: acceptsRows(columns, maxBatch),
      assign: {
        [variable]: {
          name,
          datatype: 'FP64',
          shape: [jsonata('$count($rows)'), columns.length],
          data: jsonata(dataOfRows(columns)),
        },
      },
      rejects: jsonata(explainRejection(columns, maxBatch)),
      readables: [{ port: table, from: 'the request', value: jsonata(`$${variable}`) }],
      rows: `$${variable}.shape[0]`,
    },
    async inputOf(request, means) {
      const instances = instancesOf(request);
      const input = JSON.stringify({ instances, parameters: { timeout: means.timeout() } });
      const bytes = Buffer.byteLength(input);
      if (bytes > maxInputBytes) throw tooLarge(instances.length, bytes);
      return input;
    },
    options: ['set'],
    bodyOf: (terminal) => terminal.json(),
    invitation: ({ url, workflow, example }) => `
Ask them together:

  curl -s ${url}/predict/${workflow} -H 'content-type: application/json' -d '${JSON.stringify(example)}'

The same as an Open Inference Protocol model:  curl -s ${url}/v2/models/${workflow}
`,
    inferOf: (body) => tableOf(table, columns, body),
  };
}

function tooLarge(count: number, bytes: number): PayloadTooLargeError {
  const fitting = Math.floor((count * maxInputBytes) / bytes);
  return new PayloadTooLargeError(
    `${count} rows make ${bytes} bytes; a workflow takes at most ${maxInputBytes}: send about ${fitting} rows per request, or ask the models one by one`,
  );
}
