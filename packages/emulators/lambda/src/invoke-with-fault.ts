import { damagedJson } from '@chorus/emulator-aws';
import { LambdaError } from './errors.ts';
import type { InvocationFault } from './invocation-fault.ts';
import type { Pool } from './pool.ts';
import { errorResult, type Invocation, type InvocationResult } from './worker.ts';

/** The `errorType` of an event that fails on purpose. */
const faultErrorType = 'ChaosError';

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
