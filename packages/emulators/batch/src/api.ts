import type { ServerResponse } from 'node:http';
import { type AwsRequest, answerInJson, parseBody } from '@chorus/emulator-aws';
import { notDone } from './errors.ts';
import type { BatchService } from './service.ts';

function answerOf(service: BatchService, { method, path, body }: AwsRequest): unknown {
  const name = /^\/v1\/(?<name>\w+)$/.exec(path)?.groups?.['name'];
  if (method !== 'POST' || name === undefined) throw notDone(`${method} ${path.slice(0, 80)}`);
  return service.run(name, parseBody(body));
}

/** Answers a request to Batch (REST, JSON), errors included. */
export const answer = (
  service: BatchService,
  request: AwsRequest,
  response: ServerResponse,
): Promise<void> =>
  answerInJson(request, response, {
    type: 'application/json',
    fault: 'ServerException',
    answer: () => answerOf(service, request),
    bodyOf: ({ message }) => ({ message }),
  });
