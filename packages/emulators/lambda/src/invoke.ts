import type { AwsRequest } from '@chorus/emulator-aws';
import type { Answer } from './answer.ts';
import { LambdaError, unreadable } from './errors.ts';
import type { LambdaService } from './lambda-service.ts';
import { logTail } from './log-tail.ts';
import { oneOf } from './parameters.ts';

/** Largest event, in bytes: of an invocation that is waited for, and of one that is not. */
const maxEventBytes = { RequestResponse: 6_291_556, DryRun: 6_291_556, Event: 1_048_576 };

/** @throws {LambdaError} InvalidRequestContentException if the event is no JSON in UTF-8 */
function checkEvent(payload: Buffer): void {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw unreadable(`Could not parse request body into json: ${reason}`, cause);
  }
}

/**
 * Invoke, synchronously, asynchronously or as a dry run.
 *
 * @param name may end in `:qualifier`
 * @throws {LambdaError}
 */
export async function invoke(
  lambda: LambdaService,
  name: string,
  qualifier: string | undefined,
  request: AwsRequest,
): Promise<Answer> {
  const type = oneOf(
    'invocationType',
    request.headers['x-amz-invocation-type'] ?? 'RequestResponse',
    ['Event', 'RequestResponse', 'DryRun'],
  );
  const log = oneOf('logType', request.headers['x-amz-log-type'] ?? 'None', ['None', 'Tail']);
  lambda.describe(name, qualifier);
  if (request.body.byteLength > maxEventBytes[type])
    throw new LambdaError(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${maxEventBytes[type]} bytes for the InvokeFunction operation`,
    );
  const payload = request.body.byteLength === 0 ? Buffer.from('{}') : request.body;
  checkEvent(payload);
  if (type === 'DryRun') return { status: 204, body: undefined };
  const call = { functionName: name, qualifier, payload, requestId: request.requestId };
  if (type === 'Event') {
    lambda.invokeLater(call);
    return { status: 202, body: undefined };
  }
  const result = await lambda.invoke({ ...call, withLog: log === 'Tail' });
  return {
    status: 200,
    body: Buffer.from(result.payload),
    headers: {
      'x-amz-executed-version': result.executedVersion,
      ...(result.functionError !== undefined && { 'x-amz-function-error': result.functionError }),
      ...(result.log !== undefined && {
        'x-amz-log-result': logTail(result.log, request.requestId, result.executedVersion),
      }),
    },
  };
}
