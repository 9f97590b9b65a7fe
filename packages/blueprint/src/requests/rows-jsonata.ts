import type { Column } from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';

/**
 * JSONata that reads and judges the rows of a request body: `{"CRIM":…}` or `{"instances":[row,…]}`, where a row is
 * an object of named features or an array in column order.
 *
 * Judging is done twice: `accepts` is the quick yes of every good request; only after a no does `explain` find out
 * what was wrong. What `explain` finds nothing wrong with, `accepts` lets through: a property test holds them together.
 */

/** The rows of the body `$states.input`; whatever stands in `instances`, or the body itself as the only row. */
export const rowsOfInput = `(
  $instances := $type($states.input) = "object" ? $lookup($states.input, "instances");
  $exists($instances) ? $instances : [$states.input]
)`;

const quoted = (column: Column): string => `\`${column.name}\``;

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

/** Characters that would end a value in the JSON text of rows, or not survive in the expression. */
const unreadable = /":|\d\},|`|\s\s|[^\S ]/;

/**
 * Refuses columns that the expressions here could not name.
 *
 * @throws {BlueprintError} naming the first such column
 */
export function assertReadable(columns: readonly Column[]): void {
  const column = columns.find(({ name }) => unreadable.test(name));
  if (column !== undefined)
    throw new BlueprintError(
      `the column ${JSON.stringify(column.name)} holds a backtick, several spaces, a line break, ": or },: rename it`,
    );
}

/** Column names as one text, in an order that does not depend on the request's. */
function sortedNames(columns: readonly Column[]): string {
  return columns
    .map(({ name }) => name)
    .toSorted()
    .join('\n');
}

/** The rows `$rows` as the nested data of a `[count, columns]` tensor; they have passed {@link acceptsRows}. */
export function dataOfRows(columns: readonly Column[]): string {
  const values = columns.map((column) => `$rows.${quoted(column)}`).join(', ');
  return `$type($rows[0]) = "object" ? $zip(${values}) : $rows`;
}

/** Picks the test for rows that are objects or for rows that are arrays, by the type `kind` of the first one. */
const byKind = (kind: string, { objects, arrays }: TestByKind): string =>
  `(${kind} = "object" ? ${objects} : ${arrays})`;

/** A test of `$rows` that are objects, and one of rows that are arrays. */
interface TestByKind {
  readonly objects: string;
  readonly arrays: string;
}

/** True when every one of `$rows` has the form that the first one has, and a number in each column. */
function wellFormed(columns: readonly Column[]): TestByKind {
  const width = columns.length;
  const objects = `(
    $names := $rows.$keys($);
    $not($contains($string($rows), /":[^-0-9]|^\\[[^\\{]|[0-9]\\},[^\\{]/))
      and $count($names) = ${width} * $count($rows)
      and $join($sort($distinct($names)), "\\n") = ${JSON.stringify(sortedNames(columns))}
  )`;
  const arrays = `(
    $not($contains($string($rows), /[^-+.,0-9eE\\[\\]]|^\\[[^\\[]|\\[\\[\\[|[0-9],\\[|\\],[^\\[]/))
      and $count(($rows.$count($))[$ != ${width}]) = 0
  )`;
  return { objects, arrays };
}

/** True when one of `$rows`, which are {@link wellFormed}, holds a value outside its column's range. */
function outOfRange(columns: readonly Column[]): TestByKind {
  const objects = anyOutside(columns, (column) => `$rows.${quoted(column)}`);
  const arrays = anyOutside(columns, (_, index) => `$rows.($[${index}])`);
  return { objects: `(${objects})`, arrays: `(${arrays})` };
}

/**
 * True when `$rows` may go to the models. Numbers are told from other values by the rows' JSON text, since a look at
 * each of 13,000 values costs JSONata tens of milliseconds: in `{"A":1}` a colon precedes a digit or a minus sign.
 */
export function acceptsRows(columns: readonly Column[], maxBatch: number): string {
  const form = wellFormed(columns);
  const outside = outOfRange(columns);
  const test = {
    objects: `${form.objects} and $not(${outside.objects})`,
    arrays: `${form.arrays} and $not(${outside.arrays})`,
  };
  return `
    $type($states.input) = "object" and $type($rows) = "array"
    and $count($rows) > 0 and $count($rows) <= ${maxBatch}
    and ($exists($lookup($states.input, "instances"))
      ? $count($keys($states.input)[$not($ in ["instances", "parameters"])]) = 0
        and ($exists($lookup($states.input, "parameters")) ? ${goodTimeout} : true)
      : true)
    and ${byKind('$type($rows[0])', test)}`;
}

/** `parameters` is absent or an object whose `timeout` is absent or a positive number. */
const goodTimeout = `(
  $parameters := $lookup($states.input, "parameters");
  $type($parameters) = "object" and (
    $timeout := $lookup($parameters, "timeout");
    $exists($timeout) ? ($type($timeout) = "number" and $timeout > 0) : true
  )
)`;

/** How many problems a refusal names. */
const namedProblems = 5;

/** Rows that are judged at once when the wrong ones among many are looked for. */
const chunkSize = 10;

/**
 * Returns JSONata of what is wrong with a request that {@link acceptsRows} refused, as `{statusCode, body}`: 422 when every value is a
 * number but some lie outside their column's range, else 400. Names rows and columns of the first five problems.
 *
 * To look at every value would take ten times as long as to answer. So the rows are judged in chunks, as quickly as when
 * they are accepted, only the rows of a wrong chunk one by one, and nothing behind the sixth problem.
 */
export function explainRejection(columns: readonly Column[], maxBatch: number): string {
  const table = columns.map(({ name, minimum, maximum }) => ({
    name,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  }));
  return `(
    $columns := ${JSON.stringify(table)};
    $known := $columns.name;
    $body := $states.input;
    $isObject := $type($body) = "object";
    $isBatch := $isObject and $exists($lookup($body, "instances"));
    $kind := $type($rows[0]);
    $shown := function($value) {
      $type($value) & ($type($value) in ["string", "boolean"] ? " " & $substring($string($value), 0, 40) : "")
    };
    $listed := function($names) { $substring($join($names, ", "), 0, 400) };

    $line := function($where) { $where = "" ? "" : $where & ": " };
    $cell := function($where, $column) { ($where = "" ? "" : $where & ".") & $column.name };

    $valueProblem := function($value, $column, $where) {
      $type($value) != "number" ? $cell($where, $column) & ": expected a number, got " & $shown($value)
      : $value > ${Number.MAX_VALUE} or $value < -${Number.MAX_VALUE}
        ? $cell($where, $column) & ": larger than a 64-bit number can be"
    };
    $rangeProblem := function($value, $column, $where) {
      $exists($column.minimum) and $value < $column.minimum
        ? $cell($where, $column) & ": " & $value & " is below the minimum " & $column.minimum
      : $exists($column.maximum) and $value > $column.maximum
        ? $cell($where, $column) & ": " & $value & " is above the maximum " & $column.maximum
    };
    $ofObject := function($row, $where, $problem) { $columns.(
      $value := $lookup($row, name);
      $exists($value) ? $problem($value, $, $where)
    ) };
    $ofArray := function($row, $where, $problem) {
      $map($columns, function($column, $index) { $problem($row[$index], $column, $where) })
    };
    $formProblems := function($row, $where) {
      $type($row) in ["object", "array"] and $kind in ["object", "array"] and $type($row) != $kind
        ? $line($where) & "expected an " & $kind & " like instances[0], got an " & $type($row)
      : $type($row) = "object" ? (
        $names := $keys($row);
        $missing := $known[$not($ in $names)];
        $unknown := $names[$not($ in $known)];
        [
          $count($missing) > 0 ? $line($where) & "missing " & $join($missing, ", "),
          $count($unknown) > 0 ? $line($where) & "unknown " & $listed($unknown),
          $ofObject($row, $where, $valueProblem)
        ]
      )
      : $type($row) = "array" ? (
        $count($row) != ${columns.length}
          ? $line($where) & "expected ${columns.length} numbers (" & $join($known, ", ") & "), got " & $count($row)
          : $ofArray($row, $where, $valueProblem)
      )
      : $line($where) & "expected an object of ${columns.length} features or an array of ${columns.length} numbers, got " & $shown($row)
    };
    $rangeProblems := function($row, $where) {
      $type($row) = "object" ? $ofObject($row, $where, $rangeProblem) : $ofArray($row, $where, $rangeProblem)
    };

    $isMisformed := function($rows) { $type($rows[0]) != $kind or $not(${byKind('$kind', wellFormed(columns))}) };
    $isOutOfRange := function($rows) { ${byKind('$kind', outOfRange(columns))} };
    $first := function($isWrong, $problemsOf) {
      $reduce($partition($rows, ${chunkSize}), function($found, $chunk, $i) {
        $count($found) > ${namedProblems} or $not($isWrong($chunk)) ? $found
        : $reduce($partition($chunk, 1), function($some, $one, $j) {
            $count($some) > ${namedProblems} or $not($isWrong($one)) ? $some
            : $append($some, $problemsOf($one[0], $isBatch ? "instances[" & ($i * ${chunkSize} + $j) & "]" : ""))
          }, $found)
      }, [])
    };

    $envelope := $not($isObject)
      ? "expected a JSON object of ${columns.length} features or {\\"instances\\": […]}, got " & $shown($body)
      : $isBatch ? (
        $extra := $keys($body)[$not($ in ["instances", "parameters"])];
        $type($rows) != "array" ? "instances: expected an array of rows, got " & $shown($rows)
        : $count($rows) = 0 ? "instances: expected 1 to ${maxBatch} rows, got none"
        : $count($rows) > ${maxBatch} ? "instances: " & $count($rows) & " rows; at most ${maxBatch} per request"
        : $count($extra) > 0 ? "unknown " & $listed($extra) & " beside instances"
        : $exists($lookup($body, "parameters")) and $not(${goodTimeout})
          ? "parameters.timeout: expected a positive number of microseconds"
      );
    $form := $exists($envelope) ? [$envelope] : $first($isMisformed, $formProblems);
    $problems := $count($form) > 0 ? $form : $first($isOutOfRange, $rangeProblems);
    {
      "statusCode": $count($form) > 0 ? 400 : 422,
      "body": {
        "error": $join($problems[[0..${namedProblems - 1}]], "; ") & ($count($problems) > ${namedProblems} ? "; and more" : ""),
        "requestId": $states.context.Execution.Name
      }
    }
  )`;
}
