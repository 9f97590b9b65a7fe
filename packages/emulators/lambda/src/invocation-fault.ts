import { damagedJson } from '@chorus/emulator-aws';
import { LambdaError } from './errors.ts';
import type { Pool } from './pool.ts';
import { errorResult, type Invocation, type InvocationResult } from './worker.ts';

/** What goes wrong with one event on purpose, to see what its callers make of it. */
export interface InvocationFault {
  /** How much later the event reaches its worker, in milliseconds; the function's time-out counts it. */
  readonly delayMs?: number;
  /**
   * `fail`: the function answers with an error. `throttle`: Lambda refuses the event. `kill`: the worker is killed while it has
   * the event. `corrupt`: half of the answer is lost.
   */
  readonly kind?: 'fail' | 'throttle' | 'kill' | 'corrupt';
  /** Whether a worker that is killed has done its work by then. @default false */
  readonly isLate?: boolean;
}

/** The `errorType` of an event that fails on purpose. */
export const faultErrorType = 'ChaosError';

/**
 * Runs an event that has a fault.
 *
 * @throws {LambdaError} TooManyRequestsException
 */
export async function invokeWithFault(
  pool: Pick<Pool, 'invoke'>,
  event: Omit<Invocation, 'settle' | 'since'>,
  fault: InvocationFault,
): Promise<InvocationResult> {
  const { kind } = fault;
  if (kind === 'throttle')
    throw new LambdaError(
      'TooManyRequestsException',
      429,
      `Rate Exceeded: ${event.functionArn} is throttled by chaos. Retry later.`,
    );
  if (kind === 'fail') return errorResult(faultErrorType, 'The function fails: chaos was told to.');
  const result = await pool.invoke({ ...event, fault });
  return kind === 'corrupt' ? { ...result, payload: damagedJson(result.payload) } : result;
}
