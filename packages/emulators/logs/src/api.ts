import type { ServerResponse } from 'node:http';
import { type AwsRequest, answerInJson, parseBody } from '@chorus/emulator-aws';
import type { LogsService } from './service.ts';

/** Answers a request to CloudWatch Logs (AWS JSON 1.1), errors included. */
export function answer(
  service: LogsService,
  request: AwsRequest,
  response: ServerResponse,
): Promise<void> {
  const target = request.headers['x-amz-target'] ?? '';
  const operation = /^Logs_20140328\.(?<name>\w+)$/.exec(target)?.groups?.['name'] ?? target;
  return answerInJson(request, response, {
    type: 'application/x-amz-json-1.1',
    fault: 'ServiceUnavailableException',
    answer: () => service.run(operation, parseBody(request.body)),
  });
}
