/** The columns of a workflow's rows, by the inputs of its models. */

import type { RowColumn } from '@chorus/blueprint';
import type { Column, Datatype, ModelSchema, TensorSpec } from '@chorus/protocol';
import { UsageError } from './errors.ts';
import { program } from './program.ts';

/** An input of a model, and the columns that it is made of. */
interface InputColumns {
  readonly input: TensorSpec;
  readonly names: readonly string[];
  /** The columns, each with its datatype, range and categories as far as a manifest has them. */
  readonly columns: readonly (Column | undefined)[];
}

/** The columns of one model. */
export interface OwnColumns {
  readonly model: string;
  readonly columns: readonly InputColumns[];
  /** False for a table whose columns nothing names. */
  readonly isNamed: boolean;
}

/** The columns of all models. */
export interface MergedColumns {
  readonly columns: readonly RowColumn[];
  readonly byName: ReadonlyMap<string, RowColumn>;
}

const shown = ({ name, datatype, shape }: TensorSpec): string => `${name} ${datatype} [${shape}]`;

/** Returns the columns that a model's inputs are made of. @throws {UsageError} if they are no rows */
export function ownColumns(model: string, { inputs }: ModelSchema): OwnColumns {
  const [table] = inputs;
  const width = table?.shape[0] === -1 && table.shape.length === 2 ? table.shape[1] : undefined;
  if (inputs.length === 1 && table !== undefined && width !== undefined && width > 0) {
    const { columns } = table;
    if (columns !== undefined)
      return {
        model,
        columns: [{ input: table, names: columns.map(({ name }) => name), columns }],
        isNamed: true,
      };
    if (width > 1) {
      const names = Array.from({ length: width }, (_, index) => `x${index + 1}`);
      return { model, columns: [{ input: table, names, columns: [] }], isNamed: false };
    }
  }
  const areValues = inputs.every(
    ({ shape }) =>
      shape[0] === -1 && (shape.length === 1 || (shape.length === 2 && shape[1] === 1)),
  );
  if (!areValues)
    throw new UsageError(
      `${model} takes ${inputs.map(shown).join(', ')}, which are no rows of named columns: write its workflow by hand, as packages/service/README.md says`,
    );
  return {
    model,
    columns: inputs.map((input) => ({
      input,
      names: [input.name],
      columns: input.columns ?? [],
    })),
    isNamed: true,
  };
}

function datatypeOf(datatype: Datatype): NonNullable<RowColumn['datatype']> {
  if (datatype === 'BYTES' || datatype === 'BOOL') return datatype;
  return datatype.startsWith('FP') ? 'FP64' : 'INT64';
}

/** A column as one model has it. */
interface OneColumn extends RowColumn {
  readonly model: string;
  readonly datatype: NonNullable<RowColumn['datatype']>;
}

const kinds = { FP64: 'a number', INT64: 'a whole number', BYTES: 'a text', BOOL: 'true or false' };

/** One column for what two models have. @throws {UsageError} if no value is right for both */
function mergeColumn(one: OneColumn, other: OneColumn): OneColumn {
  const { name } = one;
  const numbers = ['FP64', 'INT64'];
  const areNumbers = numbers.includes(one.datatype) && numbers.includes(other.datatype);
  if (one.datatype !== other.datatype && !areNumbers)
    throw new UsageError(
      `${name} is ${kinds[one.datatype]} for ${one.model} and ${kinds[other.datatype]} for ${other.model}: add one of them again with another name for its column (${program} models add --columns)`,
    );
  const minimum = Math.max(one.minimum ?? -Infinity, other.minimum ?? -Infinity);
  const maximum = Math.min(one.maximum ?? Infinity, other.maximum ?? Infinity);
  const categories =
    one.categories && other.categories
      ? one.categories.filter((each) => other.categories?.includes(each))
      : (one.categories ?? other.categories);
  if (minimum > maximum || categories?.length === 0)
    throw new UsageError(
      `No value of ${name} is right for both ${one.model} and ${other.model}: their ranges or categories have nothing in common`,
    );
  const { missing: _, ...rest } = one;
  return {
    ...rest,
    description: one.description || other.description,
    datatype: areNumbers && one.datatype !== other.datatype ? 'INT64' : one.datatype,
    ...(Number.isFinite(minimum) && { minimum }),
    ...(Number.isFinite(maximum) && { maximum }),
    ...(categories && { categories }),
    ...(one.missing && other.missing && { missing: true }),
  };
}

/** @throws {UsageError} if the columns of some models have names and those of others have none, or other widths */
function checkNames(all: readonly OwnColumns[]): void {
  const unnamed = all.filter(({ isNamed }) => !isNamed);
  const [first] = unnamed;
  if (first === undefined) return;
  const widthOf = ({ columns: [table] }: OwnColumns): number => table?.names.length ?? 0;
  const other =
    all.find(({ isNamed }) => isNamed) ?? unnamed.find((each) => widthOf(each) !== widthOf(first));
  if (other === undefined) return;
  throw new UsageError(
    `${first.model} has no names for its ${widthOf(first)} columns, so which of them ${other.model} takes is unknown: add it again with --columns (${program} models add --help)`,
  );
}

/** Returns the columns of rows that are right for every model. @throws {UsageError} naming two models that do not fit */
export function mergeColumns(all: readonly OwnColumns[]): MergedColumns {
  checkNames(all);
  const merged = new Map<string, OneColumn>();
  for (const { model, columns: inputs } of all)
    for (const { input, names, columns } of inputs)
      for (const [index, name] of names.entries()) {
        const column: OneColumn = {
          name,
          description: '',
          ...columns[index],
          model,
          datatype: datatypeOf(input.datatype),
          ...(input.missing && { missing: input.missing }),
        };
        const known = merged.get(name);
        merged.set(name, known === undefined ? column : mergeColumn(known, column));
      }
  const columns = [...merged.values()].map(({ model: _, datatype, ...column }): RowColumn => {
    const isUsual = datatype === (column.categories === undefined ? 'FP64' : 'BYTES');
    return { ...column, ...(!isUsual && { datatype }) };
  });
  return { columns, byName: new Map(columns.map((column) => [column.name, column])) };
}
