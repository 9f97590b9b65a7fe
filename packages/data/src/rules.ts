/** How rows are written in a file: CSV as in RFC 4180 with a header, JSON Lines of objects, or Parquet. */
export type RowFormat = 'csv' | 'jsonl' | 'parquet';

/** The rules of a column of the data. */
export interface ColumnRule {
  /** Found in the file without regard to case and spaces around it. */
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly minimum?: number;
  readonly maximum?: number;
  /**
   * The values of a category. A text becomes its position in this list, from 0, since models take numbers; a number stays as
   * it is. Append to the list: a text at another position is another number.
   */
  readonly categories?: readonly (number | string)[];
  /** Whether rows may have no value here. @default false */
  readonly missing?: boolean;
}

/** The rules that a file keeps before a model is trained on it. */
export interface DataRules {
  /** The features in the order in which models take them. */
  readonly columns: readonly ColumnRule[];
  readonly target: ColumnRule;
  readonly rows: { readonly minimum: number; readonly maximum: number };
  readonly bytes: { readonly maximum: number };
  /** Share of rows that may repeat another one, from 0 to 1. @default any */
  readonly duplicates?: { readonly maximumShare: number };
}
