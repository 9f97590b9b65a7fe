/** Plans a new workflow from the tensors that its models take and give. */

import type { FunctionSpec, RowColumn } from '@chorus/blueprint';
import type { InferRequest, ModelSchema, TensorSpec } from '@chorus/protocol';
import { UsageError } from './errors.ts';
import { program } from './program.ts';
import { type Combination, combinations } from './workflow-answers.ts';
import {
  type MergedColumns,
  mergeColumns,
  type OwnColumns,
  ownColumns,
} from './workflow-columns.ts';

/** A model that a new workflow asks. */
export interface Member {
  readonly spec: FunctionSpec;
  readonly schema: ModelSchema;
  /** Requests that it takes. */
  readonly example: Pick<InferRequest, 'inputs'> | undefined;
  /** Rows that are known to be right for it. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** An input of a model, made of columns of the rows. */
export interface PlannedInput {
  readonly name: string;
  readonly datatype: TensorSpec['datatype'];
  readonly shape: readonly number[];
  readonly columns: readonly { readonly name: string }[];
  readonly missing?: true;
}

/** One model of a new workflow. */
interface PlannedAsk {
  readonly spec: FunctionSpec;
  readonly inputs: readonly PlannedInput[];
  readonly output: TensorSpec & { readonly as?: string };
}

/** A new workflow, as its file says it. */
export interface Plan {
  readonly name: string;
  readonly columns: readonly RowColumn[];
  readonly asks: readonly PlannedAsk[];
  readonly combine: Combination;
  /** The name of the models' output in the workflow. */
  readonly output: string;
  readonly classes: readonly string[];
  /** By model, for a weighted mean. */
  readonly weights: Readonly<Record<string, number>>;
  readonly example: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly notes: readonly string[];
}

interface Wish {
  readonly name: string;
  readonly combine: Combination;
  readonly weights: readonly number[] | undefined;
}

/** @throws {UsageError} unless there is a weight for each model, and only where weights count */
function weightsOf(members: readonly Member[], { combine, weights }: Wish): Plan['weights'] {
  const names = members.map(({ spec }) => spec.name);
  if (combine !== 'weighted') {
    if (weights === undefined) return {};
    throw new UsageError(`--weights is for --combine weighted, not for ${combine}`);
  }
  const given = weights ?? [];
  if (given.length !== names.length || !given.every((each) => Number.isFinite(each) && each > 0))
    throw new UsageError(
      `--combine weighted takes a positive weight for each of ${names.join(', ')}, in this order: --weights ${names.map(() => (1 / names.length).toFixed(2)).join(',')}`,
    );
  return Object.fromEntries(names.map((name, index) => [name, given[index] ?? 0]));
}

function inputsOf({ columns }: OwnColumns, { byName }: MergedColumns): readonly PlannedInput[] {
  return columns.map(({ input, names }) => ({
    name: input.name,
    datatype: input.datatype,
    shape: input.shape.length === 1 ? [-1] : [-1, names.length],
    columns: names.map((name) => ({ name })),
    ...(names.some((name) => byName.get(name)?.missing) && { missing: true as const }),
  }));
}

/** A value that a column takes, of what the models' examples have; else the nearest to nothing. */
function valueFor(column: RowColumn, candidates: readonly unknown[]): unknown {
  const { minimum = -Infinity, maximum = Infinity, categories, datatype, missing } = column;
  const fits = (value: unknown): boolean => {
    if (categories !== undefined) return categories.includes(String(value));
    if (datatype === 'BYTES') return typeof value === 'string';
    if (datatype === 'BOOL') return typeof value === 'boolean';
    if (missing && value === null) return true;
    const isWhole = datatype !== 'INT64' || Number.isSafeInteger(value);
    return typeof value === 'number' && isWhole && value >= minimum && value <= maximum;
  };
  const found = candidates.find(fits);
  if (found !== undefined) return found;
  if (categories !== undefined) return categories[0];
  if (datatype === 'BYTES') return '';
  if (datatype === 'BOOL') return false;
  return Math.min(maximum, Math.max(minimum, 0));
}

/** Values of each column in the examples of the models. */
function exampleOf(
  members: readonly Member[],
  own: readonly OwnColumns[],
  columns: readonly RowColumn[],
): Plan['example'] {
  const rows = members.flatMap(({ example, rows: known }, index) => {
    const values = own[index]?.columns.flatMap(({ input, names }) => {
      const data = example?.inputs.find(({ name }) => name === input.name)?.data ?? [];
      return names.flatMap((name, column) => {
        const value = data[column];
        const plain = typeof value === 'bigint' ? Number(value) : value;
        return value === undefined ? [] : [[name, Number.isNaN(plain) ? null : plain] as const];
      });
    });
    return [Object.fromEntries(values ?? []), ...known];
  });
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      valueFor(
        column,
        rows.map((row) => row[column.name]),
      ),
    ]),
  );
}

/**
 * Returns the workflow that asks some models the same rows and combines what they say.
 *
 * @throws {UsageError} naming the models that do not fit, and what to do
 */
export function planWorkflow(members: readonly Member[], wish: Wish): Plan {
  const { name, combine } = wish;
  const { pick, title, reserved } = combinations[combine];
  const taken = members.find(({ spec }) => reserved.includes(spec.name));
  if (taken !== undefined)
    throw new UsageError(
      `A ${title} has '${taken.spec.name}' in its answer, which is a model's name too: add the model under another one`,
    );
  const weights = weightsOf(members, wish);
  const own = members.map(({ spec, schema }) => ownColumns(spec.name, schema));
  const merged = mergeColumns(own);
  const picked = pick(
    members.map(({ spec, schema }) => ({ name: spec.name, outputs: schema.outputs })),
  );
  const unnamed = own.find(({ isNamed }) => !isNamed);
  return {
    name,
    columns: merged.columns,
    asks: members.map(({ spec }, index) => {
      const {
        name: given,
        datatype,
        shape,
      } = picked.outputs[index] ?? {
        name: '',
        datatype: 'FP64' as const,
        shape: [],
      };
      const columns = own[index] ?? { model: spec.name, columns: [], isNamed: true };
      return {
        spec,
        inputs: inputsOf(columns, merged),
        output: {
          name: given,
          datatype,
          shape,
          ...(given !== picked.name && { as: picked.name }),
        },
      };
    }),
    combine,
    output: picked.name,
    classes: picked.classes,
    weights,
    example: exampleOf(members, own, merged.columns),
    notes:
      unnamed === undefined
        ? []
        : [
            `${unnamed.model} has no names for its columns, so they are ${merged.columns.map((column) => column.name).join(', ')} in its order; ${program} models add --columns names them`,
          ],
  };
}
