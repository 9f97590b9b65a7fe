import type { Column, Datatype, TensorSpec } from '@chorus/protocol';
import type { JsonSchema } from './request.ts';

/** A column of rows. Without more it holds numbers. */
export interface RowColumn extends Column {
  /**
   * FP64 is any number, INT64 a whole one, BYTES a text, BOOL true or false.
   *
   * @default 'BYTES' with categories, else 'FP64'
   */
  readonly datatype?: 'FP64' | 'INT64' | 'BOOL' | 'BYTES';
  /** Of FP64: a value may be missing, which is null. */
  readonly missing?: true;
}

/** The values of a column, by their name in JSON Schema. */
export type Kind = 'number' | 'integer' | 'boolean' | 'string';

const kinds = { FP64: 'number', INT64: 'integer', BOOL: 'boolean', BYTES: 'string' } as const;

/** The datatype of a column's values as a tensor. */
function datatypeOf({ datatype, categories }: RowColumn): keyof typeof kinds {
  return datatype ?? (categories === undefined ? 'FP64' : 'BYTES');
}

/** The kind of a column's values. */
export function kindOf(column: RowColumn): Kind {
  return kinds[datatypeOf(column)];
}

/** True for columns of which each holds a number in every row. */
export function areNumbers(columns: readonly RowColumn[]): boolean {
  return columns.every((column) => kindOf(column) === 'number' && column.missing === undefined);
}

/** JSON Schema of a column's values. */
export function valueSchema(column: RowColumn): JsonSchema {
  const { description, minimum, maximum, categories, missing } = column;
  const kind = kindOf(column);
  return {
    type: missing ? [kind, 'null'] : kind,
    description,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(categories !== undefined && { enum: categories }),
  };
}

/** A column as a tensor of one value for each row. */
export function columnTensor(column: RowColumn): TensorSpec {
  const { datatype: _, missing, ...shown } = column;
  return {
    name: column.name,
    datatype: datatypeOf(column),
    shape: [-1],
    columns: [shown],
    ...(missing && { missing }),
  };
}

/** True when the values of a column may be elements of a tensor: a model's runtime rounds numbers, and takes no others. */
export function fitsColumn(column: RowColumn, datatype: Datatype): boolean {
  const kind = kindOf(column);
  if (datatype.startsWith('FP')) return kind === 'number' || kind === 'integer';
  if (datatype === 'BYTES' || datatype === 'BOOL') return datatypeOf(column) === datatype;
  return kind === 'integer';
}
