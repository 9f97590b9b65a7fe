/** Translates the errors of AWS and of the functions to errors of the protocol. */

import {
  DeadlineExceededError,
  errorOfStatus,
  InternalError,
  ProtocolError,
  statusOfErrorName,
  UnavailableError,
} from '@chorus/protocol';
import { asRecord } from '@chorus/runtime/proxy-event';
import { before } from './deadline.ts';

/** The messages that the caller reads; AWS's own words may tell how the service is built, so they stay in `cause`. */
const refusals = new Map<number, string>([
  [413, 'cannot take a request this large; send fewer rows or smaller tensors per request'],
  [429, 'is busy with too many requests at once; wait a moment and try again'],
]);

/**
 * Calls AWS until the deadline.
 *
 * @param what who is called, as the caller of the API knows it, e.g. `model "svr"`.
 * @throws DeadlineExceededError, ThrottledError or PayloadTooLargeError; UnavailableError for any other failure.
 */
export async function callAws<T>(
  what: string,
  deadlineMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await before(deadlineMs, what, call);
  } catch (cause) {
    throw cause instanceof ProtocolError ? cause : failureOfAws(what, cause);
  }
}

/** Whatever else it is, a `TimeoutError` (the SDK's name for a lost connection) too, it is no fault of the caller. */
function failureOfAws(what: string, cause: unknown): ProtocolError {
  const status = statusOfErrorName(cause instanceof Error ? cause.name : '');
  const refusal = refusals.get(status);
  return refusal === undefined
    ? new UnavailableError(`${what} is unavailable right now; try again later`, { cause })
    : errorOfStatus(status, `${what} ${refusal}`, { cause });
}

/**
 * Returns the error for an invocation that failed: the function's own message where it is of the protocol or says why
 * the model cannot be loaded; of any other error only that it happened.
 *
 * @param payload what Lambda answered: `{"errorType": …, "errorMessage": …}`.
 */
export function failureOfFunction(what: string, payload: Uint8Array): ProtocolError {
  const { errorType, errorMessage } = readFailure(Buffer.from(payload).toString());
  const cause = new Error(`${errorType ?? 'no error type'}: ${errorMessage}`);
  // Lambda's own words; its older runtimes give them without a type.
  if (errorType === 'Sandbox.Timedout' || /Task timed out after/.test(errorMessage)) {
    return new DeadlineExceededError(`${what} did not answer in time`, { cause });
  }
  return failureOfName(what, errorType, errorMessage, cause);
}

/** The error that an error's name stands for; 500 without its message for a name that is not of the protocol. */
export function failureOfName(
  what: string,
  name: string | undefined,
  message: string,
  cause: Error,
): ProtocolError {
  const status = statusOfErrorName(name ?? '');
  return status === 500 && name !== 'InternalError'
    ? new InternalError(`${what} failed; the request id names the failure in the logs`, { cause })
    : errorOfStatus(status, message, { cause });
}

function readFailure(payload: string): { errorType: string | undefined; errorMessage: string } {
  let failure: Readonly<Record<string, unknown>>;
  try {
    failure = asRecord(JSON.parse(payload));
  } catch {
    // A runtime that crashed may leave anything behind; it is only for the log.
    return { errorType: undefined, errorMessage: payload.slice(0, 500) };
  }
  const { errorType, errorMessage } = failure;
  return {
    errorType: typeof errorType === 'string' ? errorType : undefined,
    errorMessage: typeof errorMessage === 'string' ? errorMessage : '',
  };
}
