import type { Prediction } from './prediction.ts';

/** An answer of HTTP: its status, and the JSON of its body. */
export interface Result {
  readonly status: number;
  readonly value: unknown;
}

/** Returns the answer that the workflow's own route would have given; while there is none, that the request waits. */
export function resultOf(prediction: Prediction): Result {
  const { id, workflow, acceptedAt, status } = prediction;
  if (status === 'accepted') return { status: 202, value: { id, status, workflow, acceptedAt } };
  const { statusCode, body } = prediction;
  if (status === 'done') return { status: statusCode, value: body };
  const { attempts, endedAt } = prediction;
  const told = typeof body === 'object' && body !== null ? body : { error: 'it failed' };
  return {
    status: statusCode,
    value: { ...told, id, status, workflow, attempts, failedAt: endedAt },
  };
}
