import type { RetrierDefinition } from './definition.ts';
import { HeartbeatTimeout, type StatesError } from './errors.ts';

/** A compiled Retrier, with the defaults filled in. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: boolean;
}

/** Compiles a Retrier with the specification's defaults ("Retrying after error"). */
export function compileRetrier(definition: RetrierDefinition): Retrier {
  return {
    errorEquals: definition.ErrorEquals,
    intervalSeconds: definition.IntervalSeconds ?? 1,
    maxAttempts: definition.MaxAttempts ?? 3,
    backoffRate: definition.BackoffRate ?? 2,
    maxDelaySeconds: definition.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
    jitter: definition.JitterStrategy === 'FULL',
  };
}

/** Facts about an error that its name alone does not tell. */
export interface ErrorOrigin {
  /** A branch of the Parallel state that is asked: `States.BranchFailed` then names it, too. */
  readonly branch: boolean;
}

/**
 * Tells whether an `ErrorEquals` names an error. `States.TaskFailed` matches all but `States.DataLimitExceeded` and
 * `States.Timeout`; nothing matches `States.Runtime` (developer guide: "Error names"). The guide says that `States.ALL` does
 * not match `States.DataLimitExceeded`; AWS does match it, as recorded of a function's large result.
 */
export function matchesError(
  errorEquals: readonly string[],
  error: StatesError,
  origin: ErrorOrigin,
): boolean {
  const { name } = error;
  if (name === 'States.Runtime') return false;
  return errorEquals.some((pattern) => {
    if (pattern === name) return true;
    if (pattern === 'States.HeartbeatTimeout') return error instanceof HeartbeatTimeout;
    if (pattern === 'States.ALL') return true;
    if (name === 'States.DataLimitExceeded') return false;
    // A missed heartbeat is a timeout as well (specification: Appendix A).
    const timeout = name === 'States.Timeout' || name === 'States.HeartbeatTimeout';
    if (pattern === 'States.TaskFailed') return !timeout;
    if (pattern === 'States.Timeout') return timeout;
    return pattern === 'States.BranchFailed' && origin.branch;
  });
}

/**
 * The seconds to wait before retry number `attempt` (from 1) of a Retrier: the interval grows by the
 * backoff rate, up to the longest delay; full jitter draws from all of it.
 */
export function retryDelaySeconds(retrier: Retrier, attempt: number, random: () => number): number {
  const delay = Math.min(
    retrier.intervalSeconds * retrier.backoffRate ** (attempt - 1),
    retrier.maxDelaySeconds,
  );
  return retrier.jitter ? delay * random() : delay;
}

/** Answers whether, and after how many seconds, to try once more. */
export type RetryPolicy = (error: StatesError) => number | undefined;

/**
 * Returns the retry policy for one stay in a state. Each Retrier counts its own attempts: "A Retrier's parameters
 * apply across all visits to that Retrier in the context of a single state execution".
 *
 * @param attempts by Retrier, how many it has made; counted on in place
 */
export function retryPolicy(
  retriers: readonly Retrier[],
  origin: ErrorOrigin,
  random: () => number,
  attempts: number[] = [],
): RetryPolicy {
  return (error) => {
    const index = retriers.findIndex(({ errorEquals }) => matchesError(errorEquals, error, origin));
    const retrier = retriers[index];
    if (!retrier) return undefined;
    const attempt = (attempts[index] ?? 0) + 1;
    if (attempt > retrier.maxAttempts) return undefined;
    attempts[index] = attempt;
    return retryDelaySeconds(retrier, attempt, random);
  };
}
