import type { ServerResponse } from 'node:http';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { LocalCloudError } from '@chorus/emulator-files';
import { LogsApiError } from './errors.ts';
import { parseBody } from './parameters.ts';
import type { LogsService } from './service.ts';

/** Returns AWS's error for an error. Writes a fault of the local cloud itself to standard error too. */
function knownError(error: unknown): LogsApiError {
  if (error instanceof LogsApiError) return error;
  console.error(error instanceof LocalCloudError ? error.message : error);
  return new LogsApiError('ServiceUnavailableException', `The local cloud failed: ${error}`, 500, {
    cause: error,
  });
}

/** Answers a request to CloudWatch Logs (AWS JSON 1.1), errors included. */
export async function answer(
  service: LogsService,
  { headers, body, requestId }: AwsRequest,
  response: ServerResponse,
): Promise<void> {
  const type = 'application/x-amz-json-1.1';
  const target = headers['x-amz-target'] ?? '';
  const operation = /^Logs_20140328\.(?<name>\w+)$/.exec(target)?.groups?.['name'] ?? target;
  try {
    const answered = JSON.stringify(await service.run(operation, parseBody(body)));
    sendAnswer(response, { status: 200, type, body: answered, requestId });
  } catch (error) {
    const { name, message, status } = knownError(error);
    sendAnswer(response, {
      status,
      type,
      body: JSON.stringify({ __type: name, message, Message: message }),
      requestId,
      headers: { 'x-amzn-errortype': name },
    });
  }
}
