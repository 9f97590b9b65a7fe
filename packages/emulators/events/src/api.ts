import type { ServerResponse } from 'node:http';
import { type AwsRequest, answerInJson, parseBody } from '@chorus/emulator-aws';
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

/** Answers a request to EventBridge (AWS JSON 1.1) or to its Scheduler (REST), errors included. */
export function answer(
  service: EventsService,
  request: AwsRequest,
  response: ServerResponse,
): Promise<void> {
  const isEvents = request.headers['x-amz-target'] !== undefined;
  return answerInJson(request, response, {
    type: isEvents ? 'application/x-amz-json-1.1' : 'application/json',
    fault: 'InternalException',
    answer: () => answerOf(service, request),
  });
}
