import type { ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { FileError } from '@chorus/emulator-files';
import { DynamoApiError } from './errors.ts';
import { type Json, parseBody } from './json.ts';
import type { DynamodbService } from './service.ts';

const type = 'application/x-amz-json-1.0';

/** `DynamoDB_20120810.PutItem`; another prefix is another API, `DynamoDBStreams_20120810`. */
const target = /^DynamoDB_20120810\.(?<operation>\w+)$/;

function send(response: ServerResponse, requestId: string, status: number, answer: Json): void {
  const body = JSON.stringify(answer);
  const headers = { 'x-amz-crc32': String(crc32(body)) };
  sendAnswer(response, { status, type, body, requestId, headers });
}

/** The errors that are the request's own have 400. */
function sendError(response: ServerResponse, requestId: string, error: DynamoApiError): void {
  const { name, message, details } = error;
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  send(response, requestId, 400, { __type, message, ...details });
}

/** Answers a request in AWS JSON 1.0. */
export async function answer(
  service: DynamodbService,
  { headers, body, requestId }: AwsRequest,
  response: ServerResponse,
): Promise<void> {
  const named = headers['x-amz-target'] ?? '';
  const operation = target.exec(named)?.groups?.['operation'] ?? named;
  try {
    send(response, requestId, 200, await service.run(operation, parseBody(body)));
  } catch (error) {
    if (error instanceof DynamoApiError) sendError(response, requestId, error);
    else if (error instanceof FileError) {
      const __type = 'com.amazonaws.dynamodb.v20120810#InternalServerError';
      send(response, requestId, 500, { __type, message: error.message });
    } else throw error;
  }
}
