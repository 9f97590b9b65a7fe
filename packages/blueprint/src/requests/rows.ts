import {
  type InferRequest,
  InternalError,
  InvalidRequestError,
  PayloadTooLargeError,
  type Tensor,
  type TensorData,
  type TensorSpec,
} from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { maxInputBytes } from '../limits.ts';
import { variableOf } from '../names.ts';
import { type Need, type Readable, shownPort, theRequest } from '../ports.ts';
import { bodyOfCsv } from './csv-rows.ts';
import { curlLine } from './curl-line.ts';
import { numberColumns } from './number-columns.ts';
import type { JsonSchema, Request } from './request.ts';
import {
  areNumbers,
  columnTensor,
  fitsColumn,
  kindOf,
  type RowColumn,
  valueSchema,
} from './row-columns.ts';
import {
  acceptsRows,
  assertReadable,
  dataOfRows,
  explainRejection,
  rowsOfInput,
} from './rows-jsonata.ts';
import { typedColumns } from './typed-columns.ts';

/** A table of named columns. */
export interface Rows {
  /** The name of the table's tensor, where all columns are numbers. @default 'features' */
  readonly name?: string;
  readonly columns: readonly RowColumn[];
  /** @default 1000 */
  readonly maxBatch?: number;
}

/** Schema of a body: one row of named features, or several in `instances`. */
function bodySchemaOf(columns: readonly RowColumn[], maxBatch: number): JsonSchema {
  const values = columns.map(valueSchema);
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

/** The tensors of a request about rows, and how they and a body become each other. */
interface Form {
  readonly inputs: readonly TensorSpec[];
  /** The rows of a request's tensors, as the state machine takes them. */
  instancesOf(request: InferRequest): readonly TensorData[];
  inferOf(rows: readonly (readonly unknown[])[]): readonly Tensor[];
}

/** Columns of numbers are one table. */
function tableForm(table: TensorSpec): Form {
  const { name, datatype } = table;
  return {
    inputs: [table],
    instancesOf({ inputs: [given] }) {
      const [rows, columns] = given?.shape ?? [];
      if (given === undefined || rows === undefined || columns === undefined)
        throw new InternalError('a workflow takes one table of rows and columns');
      return Array.from({ length: rows }, (_, row) =>
        given.data.slice(row * columns, (row + 1) * columns),
      );
    },
    inferOf(rows) {
      const data = rows.flat() as TensorData;
      return [{ name, datatype, shape: [rows.length, table.shape[1] ?? 0], data }];
    },
  };
}

/** Columns of several kinds are a tensor each. */
function columnsForm(columns: readonly RowColumn[]): Form {
  const inputs = columns.map(columnTensor);
  return {
    inputs,
    instancesOf(request) {
      const given = inputs.map(({ name }) => tensorOf(request, name));
      return Array.from({ length: given[0]?.data.length ?? 0 }, (_, row) =>
        given.map(({ data }) => {
          const value = data[row] ?? '';
          // JSON has no other numbers; one that does not fit is refused as too large.
          return typeof value === 'bigint' ? Number(value) : value;
        }),
      );
    },
    inferOf: (rows) =>
      inputs.map(({ name, datatype }, column) => {
        const values = rows.map((row) => row[column]);
        // What is missing is NaN in a tensor.
        const data = values.map((value) => value ?? Number.NaN) as unknown as TensorData;
        return { name, datatype, shape: [data.length], data };
      }),
  };
}

/** @throws {InvalidRequestError} if its texts are bytes that are none */
function tensorOf({ inputs }: InferRequest, name: string): Tensor {
  const found = inputs.find((each) => each.name === name);
  if (found === undefined) throw new InternalError(`a workflow takes ${name}`);
  if (found.parameters?.['content_type'] === 'base64')
    throw new InvalidRequestError(
      `input ${JSON.stringify(name)}: expected texts, got bytes in base64: send UTF-8`,
    );
  return found;
}

/** The rows of a body in column order. */
function rowsOfBody(
  columns: readonly RowColumn[],
  body: Readonly<Record<string, unknown>>,
): readonly (readonly unknown[])[] {
  const { instances = [body] } = body as { readonly instances?: readonly object[] };
  return instances.map((row) =>
    Array.isArray(row) ? row : columns.map(({ name }) => Reflect.get(row, name)),
  );
}

/**
 * The tensor that a need's columns make.
 *
 * @param whole the tensor of all columns, in their order, if there is one
 * @throws {BlueprintError} naming both sides if there is no such column, or it holds something else
 */
function tensorOfColumns(
  columns: readonly RowColumn[],
  need: Need,
  who: string,
  whole: Readable | undefined,
): Readable {
  const names = need.columns?.map(({ name }) => name) ?? [need.from ?? need.name];
  const wanted = names.map((name) => {
    const column = columns.find((each) => each.name === name);
    if (column === undefined)
      throw new BlueprintError(
        `${who} needs ${shownPort(need)} of the column ${name}, but the rows have ${columns.map((each) => each.name).join(', ')}`,
      );
    if (!fitsColumn(column, need.datatype))
      throw new BlueprintError(
        `${who} needs ${shownPort(need)}, but the column ${name} holds a ${kindOf(column)}`,
      );
    if (column.missing && !need.missing)
      throw new BlueprintError(
        `${who} needs ${shownPort(need)} without missing values, but those of the column ${name} may be missing`,
      );
    return column;
  });
  const [first = -1, width = 1, ...others] = need.shape;
  if (first >= 0 || others.length > 0 || (width >= 0 && width !== wanted.length))
    throw new BlueprintError(
      `${who} needs ${shownPort(need)}, but ${names.join(', ')} make [-1,${wanted.length}]`,
    );
  const isAll =
    wanted.length === columns.length && wanted.every((each, index) => each === columns[index]);
  if (whole !== undefined && isAll && need.shape.length === 2) return whole;
  const { name, datatype } = need;
  const count = jsonata('$count($rows)');
  const shape = need.shape.length === 1 ? [count] : [count, wanted.length];
  const value = { name, datatype, shape, data: jsonata(dataOfRows(columns, wanted)) };
  const port: TensorSpec = { name, datatype, shape: need.shape };
  return { port, from: theRequest, value };
}

/**
 * A request about rows of named features: `{"CRIM": …}`, or `{"instances": [row, …]}` where a row may be an array in column
 * order. Where all columns are numbers, steps read them as one FP64 tensor, `[rows, columns]`, and it is the workflow's
 * input; otherwise each column is an input of its own. A model that names the `columns` of an input is asked with those, in
 * its order.
 *
 * @throws {BlueprintError} if a column's name cannot be used
 */
export function rows({ name = 'features', columns, maxBatch = 1000 }: Rows): Request {
  assertReadable(columns);
  const variable = variableOf(name);
  const isTable = areNumbers(columns);
  const table: TensorSpec = { name, datatype: 'FP64', shape: [-1, columns.length], columns };
  const whole: Readable | undefined = isTable
    ? { port: table, from: theRequest, value: jsonata(`$${variable}`) }
    : undefined;
  const form = isTable ? tableForm(table) : columnsForm(columns);
  const judge = isTable ? numberColumns(columns) : typedColumns(columns);
  return {
    noun: 'rows',
    bodySchema: bodySchemaOf(columns, maxBatch),
    members: {
      instances: { types: ['array'], minItems: 1, maxItems: maxBatch },
      parameters: { types: ['object'] },
    },
    inputs: form.inputs,
    maxBatch,
    reading: {
      read: { rows: jsonata(rowsOfInput) },
      accepts: acceptsRows(judge, maxBatch),
      assign: isTable
        ? {
            [variable]: {
              name,
              datatype: 'FP64',
              shape: [jsonata('$count($rows)'), columns.length],
              data: jsonata(dataOfRows(columns)),
            },
          }
        : {},
      rejects: jsonata(explainRejection(judge, maxBatch)),
      readables: whole === undefined ? [] : [whole],
      tensorOf: (need, who) => tensorOfColumns(columns, need, who, whole),
      rows: isTable ? `$${variable}.shape[0]` : '$count($rows)',
    },
    csv: { columns: columns.map((each) => each.name), body: bodyOfCsv(columns) },
    async inputOf(request, means) {
      const instances = form.instancesOf(request);
      const input = JSON.stringify({ instances, parameters: { timeout: means.timeout() } });
      const bytes = Buffer.byteLength(input);
      if (bytes > maxInputBytes) throw tooLarge(instances.length, bytes);
      return input;
    },
    options: ['set'],
    bodyOf: (terminal) => terminal.json(),
    invitation: ({ url, workflow, example }) => `
Ask all models of ${workflow} at once:

  ${curlLine(url, workflow, example)}

The same as an Open Inference Protocol model:  curl -s ${url}/v2/models/${workflow}
`,
    inferOf: (body) => ({ inputs: form.inferOf(rowsOfBody(columns, body)) }),
  };
}

function tooLarge(count: number, bytes: number): PayloadTooLargeError {
  const fitting = Math.floor((count * maxInputBytes) / bytes);
  return new PayloadTooLargeError(
    `${count} rows make ${bytes} bytes; a workflow takes at most ${maxInputBytes}: send about ${fitting} rows per request, or ask the models one by one`,
  );
}
