import type { ServerResponse } from 'node:http';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { LocalCloudError } from '@chorus/emulator-files';
import { EventsApiError } from './errors.ts';
import { parseBody } from './json-body.ts';
import type { EventsService } from './service.ts';

function answerOf(service: EventsService, request: AwsRequest): unknown {
  const { method, path, headers, body } = request;
  const target = headers['x-amz-target'];
  if (target !== undefined) {
    const operation = /^AWSEvents\.(?<name>\w+)$/.exec(target)?.groups?.['name'] ?? target;
    return service.run(operation, parseBody(body));
  }
  const [plain = '/', search] = path.split('?');
  const query = new URLSearchParams(search);
  return service.runScheduler({ method, path: plain, query, fields: parseBody(body) });
}

/** Returns AWS's error for an error. Writes a fault of the local cloud itself to standard error too. */
function knownError(error: unknown): EventsApiError {
  if (error instanceof EventsApiError) return error;
  console.error(error instanceof LocalCloudError ? error.message : error);
  return new EventsApiError('InternalException', `The local cloud failed: ${error}`, 500, {
    cause: error,
  });
}

/** Answers a request to EventBridge (AWS JSON 1.1) or to its Scheduler (REST), errors included. */
export function answer(
  service: EventsService,
  request: AwsRequest,
  response: ServerResponse,
): void {
  const { requestId } = request;
  const isEvents = request.headers['x-amz-target'] !== undefined;
  const type = isEvents ? 'application/x-amz-json-1.1' : 'application/json';
  try {
    const body = JSON.stringify(answerOf(service, request));
    sendAnswer(response, { status: 200, type, body, requestId });
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
