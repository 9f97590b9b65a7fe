import type { CellRule } from './cells.ts';

/** The rules that a file can break: rules of the file, of its columns, of cells, and of all rows together. */
export type BrokenRule =
  | CellRule
  | 'bytes'
  | 'format'
  | 'column-missing'
  | 'column-repeated'
  | 'row'
  | 'rows'
  | 'duplicates'
  | 'constant-target';

/** A row that breaks a rule, counted from 1 without header and empty lines, and the cell or the row as it stands there. */
export interface BadValue {
  readonly row: number;
  readonly value: string | number | null;
}

export interface Problem {
  readonly rule: BrokenRule;
  readonly column?: string;
  readonly message: string;
  /** Rows that break it; 1 for a rule of the file. */
  readonly count: number;
  /** The first of them, five at most. */
  readonly first: readonly BadValue[];
}

/** The figures of a column, over all rows with a number there. */
export interface ColumnFigures {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly values: number;
  readonly missing: number;
  /** Cells that are neither a value nor missing. */
  readonly invalid: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  /** Of the population, as a reference has it. */
  readonly std: number | null;
  /** Of a category: rows for each value. */
  readonly categories?: readonly { readonly value: number | string; readonly rows: number }[];
}

export interface ValidationReport {
  readonly ok: boolean;
  readonly rows: number;
  readonly bytes: number;
  /** In the order of the rules; the target is the last one. */
  readonly columns: readonly ColumnFigures[];
  /** Rows that repeat another one in all columns of the rules. `exact` is false where they are estimated from a sample. */
  readonly duplicates: { readonly rows: number; readonly share: number; readonly exact: boolean };
  readonly problems: readonly Problem[];
}
