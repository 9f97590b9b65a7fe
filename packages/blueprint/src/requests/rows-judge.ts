import type { Column } from '@chorus/protocol';

/** A test of `$rows` that are objects, and one of rows that are arrays. */
export interface TestByKind {
  readonly objects: string;
  readonly arrays: string;
}

/** How rows of some columns are judged, as JSONata. */
export interface RowsJudge {
  /** The values, for messages: `numbers`. */
  readonly values: string;
  /** True when every one of `$rows` has the form that the first one has, and a value of the right kind in each column. */
  readonly wellFormed: TestByKind;
  /** True when one of `$rows`, which are well formed, holds a value that its column does not take. */
  readonly outOfRange: TestByKind;
  /** The columns as the problems below read them. */
  readonly table: readonly Readonly<Record<string, unknown>>[];
  /** What is wrong with the kind of `$value` in `$column` of the row `$where`; nothing when nothing is. */
  readonly valueProblem: string;
  /** What is wrong with a value of the right kind. */
  readonly rangeProblem: string;
}

/** A column's name as JSONata's paths take it. */
export const jsonataName = ({ name }: Pick<Column, 'name'>): string => `\`${name}\``;

/** A literal of the columns' names as one text, in an order that does not depend on the request's. */
export function sortedNames(columns: readonly Column[]): string {
  return JSON.stringify(
    columns
      .map(({ name }) => name)
      .toSorted()
      .join('\n'),
  );
}
