import { executionNameOf, traceparentOf } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runTemplate } from '../testing/velocity.ts';
import {
  executionTemplate,
  refusalTemplate,
  traceTemplate,
  unavailableTemplate,
} from './response.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Returns the caller's answer for an answer of Step Functions. */
function answer(template: string, body: string): { status: number | undefined; body: unknown } {
  const { text, status } = runTemplate(template, { body });
  return { status, body: JSON.parse(text) };
}

/** Returns the answer of StartSyncExecution with 200. */
function execution(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
    executionArn: 'arn:aws:states:us-east-1:123456789012:express:chorus-house-price:r-1:1',
    input: '{"status":"SUCCEEDED"}',
    inputDetails: { __type: 'com.amazonaws.swf.base.model#CloudWatchEventsExecutionDataDetails' },
    ...fields,
  });
}

const succeeded = (output: unknown) =>
  execution({ status: 'SUCCEEDED', output: JSON.stringify(output) });

const lambdaError = JSON.stringify({
  errorMessage: `it's "broken"\n\tat C:\\x`,
  errorType: 'ModelLoadError',
  trace: ['Error: "x"'],
});

describe('executionTemplate', () => {
  it.each([
    [200, { predictions: [{ ensemble: 24.1 }], failed: {} }],
    [400, { error: 'RM: expected a number, got string "8"' }],
    [422, { error: `CHAS: 2 is above the maximum 1; it's "odd"` }],
    [503, { error: 'no', body: { statusCode: 1, body: '"body":' } }],
  ])('answers %i with what the workflow says', (statusCode, body) => {
    expect(answer(executionTemplate, succeeded({ statusCode, body }))).toEqual({
      status: statusCode,
      body,
    });
  });

  it('says when to come again, where the workflow does', () => {
    const headersOf = (body: object) =>
      runTemplate(executionTemplate, { body: succeeded({ statusCode: 409, body }) }).headers;
    expect(headersOf({ error: 'busy', retryAfter: 1 })).toEqual({ 'Retry-After': '1' });
    expect(headersOf({ error: 'busy' })).toEqual({});
  });

  it('unwraps any body, whichever key is first, as text or as base64', () => {
    const status = fc.constantFrom(200, 400, 422, 429, 503, 504);
    fc.assert(
      fc.property(status, fc.dictionary(fc.string(), fc.jsonValue()), (statusCode, body) => {
        const expected = { status: statusCode, body: JSON.parse(JSON.stringify(body)) };
        for (const output of [
          { statusCode, body },
          { body, statusCode },
        ]) {
          expect(answer(executionTemplate, succeeded(output))).toEqual(expected);
          expect(answer(executionTemplate, base64(succeeded(output)))).toEqual(expected);
        }
      }),
    );
  });

  it('answers 504 for an execution that ran out of time', () => {
    expect(answer(executionTemplate, execution({ status: 'TIMED_OUT' }))).toEqual({
      status: 504,
      body: { error: 'the workflow took too long and was stopped', requestId: 'r-1' },
    });
  });

  it('answers 500 for a failed execution, names the error and keeps its quoted cause inside', () => {
    const failed = execution({ status: 'FAILED', error: 'ModelLoadError', cause: lambdaError });
    expect(answer(executionTemplate, failed)).toEqual({
      status: 500,
      body: { error: 'the workflow failed: ModelLoadError', requestId: 'r-1' },
    });
  });

  it('keeps an error with quotes inside its string', () => {
    const error = `a","statusCode":200,"x":"it's`;
    expect(answer(executionTemplate, execution({ status: 'FAILED', error }))).toEqual({
      status: 500,
      body: { error: `the workflow failed: ${error}`, requestId: 'r-1' },
    });
  });

  it.each(['ABORTED', 'FAILED'])(
    'answers 500 for an execution that %s without an error',
    (status) => {
      expect(answer(executionTemplate, execution({ status }))).toEqual({
        status: 500,
        body: { error: `the workflow failed: ${status}`, requestId: 'r-1' },
      });
    },
  );

  it.each([
    ['an output that is no {statusCode, body}', execution({ status: 'SUCCEEDED', output: '[1]' })],
    ['a status it does not know', execution({ status: 'PENDING_REDRIVE' })],
    ['no status', '{}'],
  ])('never answers 200 for %s', (_, body) => {
    expect(answer(executionTemplate, body)).toEqual({
      status: 500,
      body: { error: 'the workflow gave no answer', requestId: 'r-1' },
    });
  });
});

describe('refusalTemplate', () => {
  const refused = (type: string, message: string) =>
    JSON.stringify({ __type: `com.amazonaws.swf.service.v2.model#${type}`, message });

  it.each([
    [400, refused('InvalidExecutionInput', `Invalid input: 'Unexpected character ('"')'`)],
    [
      413,
      refused(
        'ValidationException',
        "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
      ),
    ],
    [400, refused('InvalidName', 'Invalid Name')],
    [429, refused('ThrottlingException', 'Rate exceeded')],
    [500, refused('StateMachineDoesNotExist', 'State Machine Does Not Exist')],
    [500, refused('AccessDeniedException', 'not authorized to perform: states:StartSyncExecution')],
  ])('answers %i for %s', (status, body) => {
    for (const each of [body, base64(body)]) {
      expect(answer(refusalTemplate, each)).toEqual({
        status,
        body: { error: expect.any(String), requestId: 'r-1' },
      });
    }
  });

  it('does not tell the caller about our account', () => {
    const { body } = answer(refusalTemplate, refused('AccessDeniedException', 'arn:aws:sts::123'));
    expect(JSON.stringify(body)).not.toContain('arn:');
  });
});

describe('unavailableTemplate', () => {
  it('answers 503 whatever came back', () => {
    expect(answer(unavailableTemplate, '<html>"</html>')).toEqual({
      status: 503,
      body: { error: 'the workflow could not be started; try again', requestId: 'r-1' },
    });
  });
});

describe('the trace in an answer', () => {
  const requestId = '8e03978e-40d5-43dd-bc93-6894a57f9324';
  const told = (traceparent?: string, id = requestId) =>
    runTemplate(traceTemplate + unavailableTemplate, {
      body: '{}',
      requestId: id,
      headers: traceparent === undefined ? {} : { traceparent },
    }).headers['traceparent'];

  it("is the caller's, or one that the request begins, as on the local cloud", () => {
    const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    for (const traceparent of [given, undefined, 'nonsense', given.toUpperCase()]) {
      const expected = traceparentOf(executionNameOf(requestId, traceparent));
      expect(expected).toBeDefined();
      expect(told(traceparent)).toBe(expected);
    }
  });

  it('is none for a request whose id a caller has chosen', () => {
    expect(told(undefined, 'mine')).toBeUndefined();
  });
});
