/** How long a caller waits, and that nothing waits longer. */

import { budgetMs } from '@chorus/blueprint';
import { DeadlineExceededError, InvalidRequestError, type Parameters } from '@chorus/protocol';
import { within } from '@chorus/runtime/within';

/** The rest of the function's own time when it stops waiting, in milliseconds: enough to say so. */
const reserveMs = 500;

/** The time when a request came in and the time when its answer must be out, both in epoch milliseconds. */
export interface Times {
  readonly receivedMs: number;
  readonly deadlineMs: number;
}

/** @param functionDeadlineMs when Lambda ends this invocation, in epoch milliseconds. */
export function timesOf(receivedMs: number, functionDeadlineMs: number): Times {
  return {
    receivedMs,
    deadlineMs: Math.min(receivedMs + budgetMs, functionDeadlineMs - reserveMs),
  };
}

/**
 * Returns the caller's deadline in epoch milliseconds, from the parameter `timeout` (microseconds, of the schedule
 * policy extension); without one, or with 0 as in Triton, the longest that the gateway waits.
 *
 * @throws InvalidRequestError when `timeout` is not a number of microseconds.
 */
export function deadlineOf(parameters: Parameters | undefined, times: Times): number {
  const timeout = parameters?.['timeout'] ?? 0;
  if (typeof timeout !== 'number' || timeout < 0) {
    throw new InvalidRequestError('parameters.timeout: expected a number of microseconds');
  }
  return timeout === 0
    ? times.deadlineMs
    : Math.min(times.receivedMs + timeout / 1000, times.deadlineMs);
}

/**
 * Does `work` until the deadline, then aborts it.
 *
 * @param what named in the error, e.g. `model "svr"`.
 * @throws DeadlineExceededError at the deadline, whether or not `work` heeds the signal.
 */
export async function before<T>(
  deadlineMs: number,
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = (): DeadlineExceededError =>
    new DeadlineExceededError(`the deadline passed before ${what} answered`);
  const leftMs = deadlineMs - Date.now();
  if (leftMs <= 0) {
    throw late();
  }
  const controller = new AbortController();
  try {
    // Not left to the signal alone: the SDK sleeps between attempts without looking at it.
    return await within(leftMs, work(controller.signal), late);
  } catch (error) {
    controller.abort();
    throw error;
  }
}
