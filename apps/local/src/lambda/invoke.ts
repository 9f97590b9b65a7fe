import type { Answer, LambdaRequest } from './api.ts';
import { LambdaError } from './errors.ts';
import type { LambdaService } from './service.ts';

/** Largest event of a synchronous invocation, in bytes. */
const maxEventBytes = 6_291_556;

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
  request: LambdaRequest,
): Promise<Answer> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  lambda.describe(name, qualifier);
  if (request.body.byteLength > maxEventBytes)
    throw new LambdaError(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${maxEventBytes} bytes for the InvokeFunction operation`,
    );
  const payload = request.body.byteLength === 0 ? Buffer.from('{}') : request.body;
  try {
    JSON.parse(payload.toString());
  } catch (cause) {
    throw new LambdaError(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  if (type === 'DryRun') return { status: 204, body: undefined };
  if (type === 'Event')
    throw new LambdaError(
      'NotImplementedException',
      501,
      'The local cloud invokes functions synchronously only (RequestResponse, DryRun).',
    );
  const call = { functionName: name, qualifier, payload, requestId: request.requestId };
  const result = await lambda.invoke(call);
  return {
    status: 200,
    body: Buffer.from(result.payload),
    headers: {
      'x-amz-executed-version': result.executedVersion,
      ...(result.functionError !== undefined && { 'x-amz-function-error': result.functionError }),
    },
  };
}
