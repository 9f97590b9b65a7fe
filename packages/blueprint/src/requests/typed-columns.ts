import { kindOf, type RowColumn } from './row-columns.ts';
import { jsonataName, type RowsJudge, sortedNames } from './rows-judge.ts';

/** Categories that a message lists; there may be hundreds. */
const listedCategories = 10;

/** A text of JSON. JSONata's reader of regular expressions counts brackets, so a backslash in one is its code. */
const text = String.raw`"(?:[^"\x5c]|\x5c.)*"`;

/** Matches rows of plain values, each between these brackets. */
const rowsIn = (open: string, close: string): string =>
  String.raw`/^\[(?:${open}(?:[^\[\]\{\}"]|${text})*${close},?)*\]$/`;

/** True when every one of the values has the column's kind, by their JSON text: a look at each would take ten times as long. */
function areOfKind(column: RowColumn, values: string): string {
  const json = `$string([${values}])`;
  const most = Number.MAX_SAFE_INTEGER;
  switch (kindOf(column)) {
    case 'string':
      return `$contains(${json}, /^\\[(?:${text},?)*\\]$/)`;
    case 'boolean':
      return `$contains(${json}, /^\\[(?:(?:true|false),?)*\\]$/)`;
    case 'integer':
      // JSONata's text has 15 digits of a number: 3.0000000000000004 looks whole.
      return `($not($contains(${json}, /[^-+,0-9e\\[\\]]|e-/)) ? $max([${values}]) <= ${most} and $min([${values}]) >= -${most} and $count([${values}][$ != $floor($)]) = 0 : false)`;
    case 'number':
      return column.missing
        ? // What is too large for a number is null in JSON text, too.
          `($not($contains(${json}, /[^-+.,0-9e\\[\\]nul]/)) and $count([${values}][$type($) = "number" ? $ > ${Number.MAX_VALUE} or $ < -${Number.MAX_VALUE} : false]) = 0)`
        : `$not($contains(${json}, /[^-+.,0-9e\\[\\]]/))`;
  }
}

/** True when one of the values, which are of the column's kind, lies outside its range or is none of its categories. */
function outside(column: RowColumn, values: string): readonly string[] {
  const { minimum, maximum, categories, missing } = column;
  const present = missing ? `[${values}][$ != null]` : `[${values}]`;
  return [
    ...(minimum === undefined ? [] : [`$min(${present}) < ${minimum}`]),
    ...(maximum === undefined ? [] : [`$max(${present}) > ${maximum}`]),
    ...(categories === undefined
      ? []
      : [`$count($distinct([${values}])[$not($ in ${JSON.stringify(categories)})]) > 0`]),
  ];
}

const either = (tests: readonly string[]): string =>
  `(${tests.length === 0 ? 'false' : tests.join(' or ')})`;

/** Judges columns of which some hold texts, whole numbers, true and false, or nothing. */
export function typedColumns(columns: readonly RowColumn[]): RowsJudge {
  const width = columns.length;
  const named = columns.map((column) => ({ column, values: `$rows.${jsonataName(column)}` }));
  const placed = columns.map((column, index) => ({ column, values: `$rows.($[${index}])` }));
  const all = (of: typeof named): string =>
    of.map(({ column, values }) => areOfKind(column, values)).join('\n      and ');
  const any = (of: typeof named): string =>
    either(of.flatMap(({ column, values }) => outside(column, values)));
  return {
    values: 'values',
    wellFormed: {
      objects: `(
    $names := $rows.$keys($);
    $contains($string($rows), ${rowsIn('\\{', '\\}')})
      and $count($names) = ${width} * $count($rows)
      and $join($sort($distinct($names)), "\\n") = ${sortedNames(columns)}
      and ${all(named)}
  )`,
      arrays: `(
    $contains($string($rows), ${rowsIn('\\[', '\\]')})
      and $count(($rows.$count($))[$ != ${width}]) = 0
      and ${all(placed)}
  )`,
    },
    outOfRange: { objects: any(named), arrays: any(placed) },
    table: columns.map((column) => {
      const { name, minimum, maximum, categories, missing } = column;
      const more = (categories?.length ?? 0) - listedCategories;
      return {
        name,
        kind: kindOf(column),
        ...(minimum === undefined ? {} : { minimum }),
        ...(maximum === undefined ? {} : { maximum }),
        ...(missing && { missing }),
        ...(categories !== undefined && {
          categories,
          listed: `${categories.slice(0, listedCategories).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
        }),
      };
    }),
    valueProblem: `
      $column.missing = true and $type($value) = "null" ? $nothing
      : $column.kind = "string"
        ? ($type($value) != "string" ? $cell($where, $column) & ": expected a text, got " & $shown($value))
      : $column.kind = "boolean"
        ? ($type($value) != "boolean" ? $cell($where, $column) & ": expected true or false, got " & $shown($value))
      : $type($value) != "number" ? $cell($where, $column) & ": expected a number, got " & $shown($value)
      : $value > ${Number.MAX_VALUE} or $value < -${Number.MAX_VALUE}
        ? $cell($where, $column) & ": larger than a 64-bit number can be"
      : $column.kind = "integer" and ($floor($value) != $value or $abs($value) > ${Number.MAX_SAFE_INTEGER})
        ? $cell($where, $column) & ": expected a whole number of at most 53 bits, got " & $value`,
    rangeProblem: `
      $exists($column.categories) and $not($value in $column.categories)
        ? $cell($where, $column) & ": " & $shown($value) & " is none of " & $column.listed
      : $type($value) != "number" ? $nothing
      : $exists($column.minimum) and $value < $column.minimum
        ? $cell($where, $column) & ": " & $value & " is below the minimum " & $column.minimum
      : $exists($column.maximum) and $value > $column.maximum
        ? $cell($where, $column) & ": " & $value & " is above the maximum " & $column.maximum`,
  };
}
