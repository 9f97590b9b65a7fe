import type { AwsRequest } from '@chorus/emulator-aws';
import type { Answer } from './answer.ts';
import { LambdaError, notDone, unreadable } from './errors.ts';
import { logTail } from './log-tail.ts';
import { oneOf } from './parameters.ts';
import type { LambdaService } from './service.ts';

/** Largest event of a synchronous invocation, in bytes. */
const maxEventBytes = 6_291_556;

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
 * Invoke, synchronously or as a dry run.
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
  if (request.body.byteLength > maxEventBytes)
    throw new LambdaError(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${maxEventBytes} bytes for the InvokeFunction operation`,
    );
  const payload = request.body.byteLength === 0 ? Buffer.from('{}') : request.body;
  checkEvent(payload);
  if (type === 'DryRun') return { status: 204, body: undefined };
  if (type === 'Event') throw notDone('InvocationType Event, only RequestResponse and DryRun');
  const call = { functionName: name, qualifier, payload, requestId: request.requestId };
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
