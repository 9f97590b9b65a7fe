import type { ExecutionResult } from '@chorus/asl';

/** A JSON answer of the HTTP API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

const failure = (status: number, error: string): ApiAnswer => ({ status, body: { error } });

const noAnswer = failure(500, 'the workflow gave no answer');

/**
 * Returns the route's answer for a finished execution: its own `{statusCode, body}`, or 504 and 500, never 200. API Gateway says the
 * same, word for word, by the template of its response.
 */
export function answerOf(result: ExecutionResult): ApiAnswer {
  if (result.status === 'SUCCEEDED') {
    const { output } = result;
    if (typeof output !== 'object' || output === null) return noAnswer;
    if (!('statusCode' in output) || typeof output.statusCode !== 'number') return noAnswer;
    return 'body' in output ? { status: output.statusCode, body: output.body } : noAnswer;
  }
  if (result.status === 'TIMED_OUT')
    return failure(504, 'the workflow took too long and was stopped');
  return failure(500, `the workflow failed: ${result.error || result.status}`);
}
