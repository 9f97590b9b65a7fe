import { functionArn } from '@chorus/emulator-aws';
import type { StoredEvent } from './event-store.ts';

/** What a function made of an event. */
export interface Outcome {
  readonly payload: Uint8Array;
  readonly executedVersion: string;
  readonly functionError?: string | undefined;
}

function inJson(payload: Uint8Array): unknown {
  const text = Buffer.from(payload).toString();
  try {
    return JSON.parse(text);
  } catch {
    // An answer that was cut off is shown as it is.
    return text;
  }
}

/**
 * Returns the record of an event that has failed for good, as Lambda sends it to a destination.
 *
 * @param outcome of the last attempt; none if the event was too old before it was tried
 * @param now epoch milliseconds
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function failureRecord(
  event: StoredEvent,
  condition: 'RetriesExhausted' | 'EventAgeExceeded',
  outcome: Outcome | undefined,
  now: number,
): Readonly<Record<string, unknown>> {
  const { requestId, functionName, qualifier = '$LATEST', failures, payload } = event;
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn(functionName)}:${qualifier}`,
      condition,
      approximateInvokeCount: failures,
    },
    requestPayload: inJson(payload),
    ...(outcome !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: outcome.executedVersion,
        functionError: outcome.functionError,
      },
      responsePayload: inJson(outcome.payload),
    }),
  };
}
