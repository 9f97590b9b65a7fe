import type { Column } from '@chorus/protocol';
import { jsonataName, type RowsJudge, sortedNames } from './rows-judge.ts';

/**
 * True for `$rows` with a value outside its column's range. A minimum that all columns share, as 0 often is, is compared
 * once with the least of all values.
 *
 * @param valuesOf the values of one column of `$rows`
 */
function anyOutside(
  columns: readonly Column[],
  valuesOf: (column: Column, index: number) => string,
): string {
  const minimum = columns[0]?.minimum;
  const shared = columns.every((column) => column.minimum === minimum);
  const tests = columns.flatMap((column, index) => [
    ...(shared || column.minimum === undefined
      ? []
      : [`$min(${valuesOf(column, index)}) < ${column.minimum}`]),
    ...(column.maximum === undefined
      ? []
      : [`$max(${valuesOf(column, index)}) > ${column.maximum}`]),
  ]);
  if (shared && minimum !== undefined) tests.unshift(`$min($rows.*) < ${minimum}`);
  return tests.length === 0 ? 'false' : tests.join(' or ');
}

/**
 * Judges columns that all hold numbers. Numbers are told from other values by the rows' JSON text, since a look at each of
 * 13,000 values costs JSONata tens of milliseconds: in `{"A":1}` a colon precedes a digit or a minus sign.
 */
export function numberColumns(columns: readonly Column[]): RowsJudge {
  const width = columns.length;
  return {
    values: 'numbers',
    wellFormed: {
      objects: `(
    $names := $rows.$keys($);
    $not($contains($string($rows), /":[^-0-9]|^\\[[^\\{]|[0-9]\\},[^\\{]/))
      and $count($names) = ${width} * $count($rows)
      and $join($sort($distinct($names)), "\\n") = ${sortedNames(columns)}
  )`,
      arrays: `(
    $not($contains($string($rows), /[^-+.,0-9eE\\[\\]]|^\\[[^\\[]|\\[\\[\\[|[0-9],\\[|\\],[^\\[]/))
      and $count(($rows.$count($))[$ != ${width}]) = 0
  )`,
    },
    outOfRange: {
      objects: `(${anyOutside(columns, (column) => `$rows.${jsonataName(column)}`)})`,
      arrays: `(${anyOutside(columns, (_, index) => `$rows.($[${index}])`)})`,
    },
    table: columns.map(({ name, minimum, maximum }) => ({
      name,
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    })),
    valueProblem: `
      $type($value) != "number" ? $cell($where, $column) & ": expected a number, got " & $shown($value)
      : $value > ${Number.MAX_VALUE} or $value < -${Number.MAX_VALUE}
        ? $cell($where, $column) & ": larger than a 64-bit number can be"`,
    rangeProblem: `
      $exists($column.minimum) and $value < $column.minimum
        ? $cell($where, $column) & ": " & $value & " is below the minimum " & $column.minimum
      : $exists($column.maximum) and $value > $column.maximum
        ? $cell($where, $column) & ": " & $value & " is above the maximum " & $column.maximum`,
  };
}
