import type { Column } from '@chorus/protocol';

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

/** How long the answer may take, in milliseconds: the caller's `timeout` (µs), at most `budgetMs`. */
export function budgetOfInput(budgetMs: number): string {
  return `(
    $parameters := $type($states.input) = "object" ? $lookup($states.input, "parameters");
    $timeout := $type($parameters) = "object" ? $lookup($parameters, "timeout");
    $type($timeout) = "number" and $timeout > 0 ? $min([${budgetMs}, $timeout / 1000]) : ${budgetMs}
  )`;
}

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

/**
 * True when `$rows` may go to the models. Numbers are told from other values by the rows' JSON text, since a look at
 * each of 13,000 values costs JSONata tens of milliseconds: in `{"A":1}` a colon precedes a digit or a minus sign.
 */
export function acceptsRows(columns: readonly Column[], maxBatch: number): string {
  const width = columns.length;
  return `
    $type($states.input) = "object" and $type($rows) = "array"
    and $count($rows) > 0 and $count($rows) <= ${maxBatch}
    and ($exists($lookup($states.input, "instances"))
      ? $count($keys($states.input)[$not($ in ["instances", "parameters"])]) = 0
        and ($exists($lookup($states.input, "parameters")) ? ${goodTimeout} : true)
      : true)
    and ($type($rows[0]) = "object"
      ? $not($contains($string($rows), /:[^-0-9]|^\\[[^\\{]|\\},[^\\{]/))
        and $count($rows.$keys($)) = ${width} * $count($rows)
        and $join($sort($distinct($rows.$keys($))), "\\n") = ${JSON.stringify(sortedNames(columns))}
        and $not(${anyOutside(columns, (column) => `$rows.${quoted(column)}`)})
      : $not($contains($string($rows), /[^-+.,0-9eE\\[\\]]|\\[\\[\\[|[0-9],\\[/))
        and $count(($rows.$count($))[$ != ${width}]) = 0
        and $not(${anyOutside(columns, (_, index) => `$rows.($[${index}])`)})
    )`;
}

/** `parameters` is absent or an object whose `timeout` is absent or a positive number. */
const goodTimeout = `(
  $parameters := $lookup($states.input, "parameters");
  $type($parameters) = "object" and (
    $timeout := $lookup($parameters, "timeout");
    $exists($timeout) ? ($type($timeout) = "number" and $timeout > 0) : true
  )
)`;

/**
 * What is wrong with a request that {@link acceptsRows} refused, as `{statusCode, body}`: 422 when every value is a
 * number but some lie outside their column's range, else 400. Names the rows and columns, five problems at most.
 */
export function explainRejection(columns: readonly Column[], maxBatch: number): string {
  const table = columns.map(({ name, minimum, maximum }) => ({
    name,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  }));
  return `(
    $columns := ${JSON.stringify(table)};
    $body := $states.input;
    $isObject := $type($body) = "object";
    $isBatch := $isObject and $exists($lookup($body, "instances"));
    $shown := function($value) { $type($value) & ($type($value) in ["string", "boolean"] ? " " & $string($value) : "") };

    $line := function($where) { $where = "" ? "" : $where & ": " };
    $cell := function($where, $column) { ($where = "" ? "" : $where & ".") & $column.name };

    $valueProblem := function($value, $column, $where) {
      $type($value) != "number" ? $cell($where, $column) & ": expected a number, got " & $shown($value)
    };
    $rangeProblem := function($value, $column, $where) {
      $type($value) != "number" ? ()
      : $exists($column.minimum) and $value < $column.minimum
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
      $type($row) in ["object", "array"] and $type($rows[0]) in ["object", "array"] and $type($row) != $type($rows[0])
        ? $line($where) & "expected an " & $type($rows[0]) & " like instances[0], got an " & $type($row)
      : $type($row) = "object" ? (
        $names := $keys($row);
        $missing := $columns.name[$not($ in $names)];
        $unknown := $names[$not($ in $columns.name)];
        [
          $count($missing) > 0 ? $line($where) & "missing " & $join($missing, ", "),
          $count($unknown) > 0 ? $line($where) & "unknown " & $join($unknown, ", "),
          $ofObject($row, $where, $valueProblem)
        ]
      )
      : $type($row) = "array" ? (
        $count($row) != ${columns.length}
          ? $line($where) & "expected ${columns.length} numbers (" & $join($columns.name, ", ") & "), got " & $count($row)
          : $ofArray($row, $where, $valueProblem)
      )
      : $line($where) & "expected an object of ${columns.length} features or an array of ${columns.length} numbers, got " & $shown($row)
    };
    $rangeProblems := function($row, $where) {
      $type($row) = "object" ? $ofObject($row, $where, $rangeProblem) : $ofArray($row, $where, $rangeProblem)
    };
    $overRows := function($of) {
      $reduce(
        $map($rows, function($row, $index) { [$of($row, $isBatch ? "instances[" & $index & "]" : "")] }),
        function($all, $some) { $append($all, $some) }, []
      )
    };

    $envelope := $not($isObject)
      ? "expected a JSON object of ${columns.length} features or {\\"instances\\": […]}, got " & $shown($body)
      : $isBatch ? (
        $extra := $keys($body)[$not($ in ["instances", "parameters"])];
        $type($rows) != "array" ? "instances: expected an array of rows, got " & $shown($rows)
        : $count($rows) = 0 ? "instances: expected 1 to ${maxBatch} rows, got none"
        : $count($rows) > ${maxBatch} ? "instances: " & $count($rows) & " rows; at most ${maxBatch} per request"
        : $count($extra) > 0 ? "unknown " & $join($extra, ", ") & " beside instances"
        : $exists($lookup($body, "parameters")) and $not(${goodTimeout})
          ? "parameters.timeout: expected a positive number of microseconds"
      );
    $form := $exists($envelope) ? [$envelope] : $overRows($formProblems);
    $problems := $count($form) > 0 ? $form : $overRows($rangeProblems);
    $more := $count($problems) - 5;
    {
      "statusCode": $count($form) > 0 ? 400 : 422,
      "body": {
        "error": $join($problems[[0..4]], "; ") & ($more > 0 ? "; and " & $more & " more" : ""),
        "requestId": $states.context.Execution.Name
      }
    }
  )`;
}
