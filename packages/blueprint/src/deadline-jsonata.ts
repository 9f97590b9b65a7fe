import { budgetMs } from './limits.ts';

/** JSONata of how long the answer may take, in milliseconds: the caller's `timeout` (µs), at most `mostMs`. */
export function budgetOfInput(mostMs: number = budgetMs): string {
  return `(
    $parameters := $type($states.input) = "object" ? $lookup($states.input, "parameters");
    $timeout := $type($parameters) = "object" ? $lookup($parameters, "timeout");
    $type($timeout) = "number" and $timeout > 0 and $timeout < ${mostMs * 1000} ? $timeout / 1000 : ${mostMs}
  )`;
}

/** `$budgetMs` as a task's `TimeoutSeconds`, which is at least one. */
export const budgetSeconds = '$budgetMs < 1000 ? 1 : $ceil($budgetMs / 1000)';

/** The rest of the budget before a step that follows another. */
export const secondsLeft = '$max([1, $ceil(($deadline - $millis()) / 1000)])';
