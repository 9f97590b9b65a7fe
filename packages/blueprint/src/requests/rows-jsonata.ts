import type { Column } from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';
import { jsonataName, type RowsJudge, type TestByKind } from './rows-judge.ts';

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

/** Characters that would end a value in the JSON text of rows, or not survive in the expression. */
const unreadable = /":|\d\},|`|\s\s|[^\S ]/;

/**
 * Refuses columns that the expressions here could not name.
 *
 * @throws {BlueprintError} naming the first such column
 */
export function assertReadable(columns: readonly Column[]): void {
  const reserved = columns.find(({ name }) => name === 'instances' || name === 'parameters');
  if (reserved !== undefined)
    throw new BlueprintError(
      `the column ${reserved.name} has the name of a member of every body: rename it`,
    );
  const column = columns.find(({ name }) => unreadable.test(name));
  if (column !== undefined)
    throw new BlueprintError(
      `the column ${JSON.stringify(column.name)} holds a backtick, several spaces, a line break, ": or },: rename it`,
    );
}

/**
 * The rows `$rows`, which have passed {@link acceptsRows}, as the nested data of a `[count, columns]` tensor of some of their
 * columns.
 */
export function dataOfRows(all: readonly Column[], wanted: readonly Column[] = all): string {
  const byName = (column: Column): string => `$rows.${jsonataName(column)}`;
  if (wanted === all)
    return `$type($rows[0]) = "object" ? $zip(${wanted.map(byName).join(', ')}) : $rows`;
  const named = wanted.map((column) => `[${byName(column)}]`);
  const placed = wanted.map((column) => `[$rows.($[${all.indexOf(column)}])]`);
  return `$type($rows[0]) = "object" ? $zip(${named.join(', ')}) : $zip(${placed.join(', ')})`;
}

/** Picks the test for rows that are objects or for rows that are arrays, by the type `kind` of the first one. */
const byKind = (kind: string, { objects, arrays }: TestByKind): string =>
  `(${kind} = "object" ? ${objects} : ${arrays})`;

/** True when `$rows` may go to the models. */
export function acceptsRows(
  { wellFormed: form, outOfRange: outside }: RowsJudge,
  maxBatch: number,
): string {
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
 * Returns JSONata of what is wrong with a request that {@link acceptsRows} refused, as `{statusCode, body}`: 422 when every value is of
 * its column's kind but some lie outside its range, else 400. Names rows and columns of the first five problems.
 *
 * To look at every value would take ten times as long as to answer. So the rows are judged in chunks, as quickly as when
 * they are accepted, only the rows of a wrong chunk one by one, and nothing behind the sixth problem.
 */
export function explainRejection(judge: RowsJudge, maxBatch: number): string {
  const { table, values, wellFormed, outOfRange } = judge;
  const width = table.length;
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

    $valueProblem := function($value, $column, $where) {${judge.valueProblem}
    };
    $rangeProblem := function($value, $column, $where) {${judge.rangeProblem}
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
        $count($row) != ${width}
          ? $line($where) & "expected ${width} ${values} (" & $join($known, ", ") & "), got " & $count($row)
          : $ofArray($row, $where, $valueProblem)
      )
      : $line($where) & "expected an object of ${width} features or an array of ${width} ${values}, got " & $shown($row)
    };
    $rangeProblems := function($row, $where) {
      $type($row) = "object" ? $ofObject($row, $where, $rangeProblem) : $ofArray($row, $where, $rangeProblem)
    };

    $isMisformed := function($rows) { $type($rows[0]) != $kind or $not(${byKind('$kind', wellFormed)}) };
    $isOutOfRange := function($rows) { ${byKind('$kind', outOfRange)} };
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
      ? "expected a JSON object of ${width} features or {\\"instances\\": […]}, got " & $shown($body)
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
