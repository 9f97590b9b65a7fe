import type { ExecutionResult } from '@chorus/asl';
import { expect, it } from 'vitest';
import { answerOf } from './answer-of-execution.ts';

const body = { error: 'the workflow gave no answer' };

/** The same as `infra`'s template says of what Step Functions answers. */
it.each<[string, object, number, unknown]>([
  ['its own', { status: 'SUCCEEDED', output: { statusCode: 422, body: [1] } }, 422, [1]],
  ['an empty one', { status: 'SUCCEEDED', output: { statusCode: 200, body: null } }, 200, null],
  ['none', { status: 'SUCCEEDED', output: 7 }, 500, body],
  ['no status', { status: 'SUCCEEDED', output: { body: 1 } }, 500, body],
  ['no number', { status: 'SUCCEEDED', output: { statusCode: '200', body: 1 } }, 500, body],
  ['no body', { status: 'SUCCEEDED', output: { statusCode: 200 } }, 500, body],
  ['nothing', { status: 'SUCCEEDED', output: null }, 500, body],
  ['an end', { status: 'TIMED_OUT' }, 504, { error: 'the workflow took too long and was stopped' }],
  ['an error', { status: 'FAILED', error: 'Asked' }, 500, { error: 'the workflow failed: Asked' }],
  ['no name', { status: 'FAILED', error: '' }, 500, { error: 'the workflow failed: FAILED' }],
])('an execution that gave %s', (_, result, status, said) => {
  expect(answerOf(result as ExecutionResult)).toEqual({ status, body: said });
});
