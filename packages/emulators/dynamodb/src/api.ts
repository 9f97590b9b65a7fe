import { crc32 } from 'node:zlib';
import type { AwsAnswer, AwsRequest } from '@chorus/emulator-aws';
import { FileError } from '@chorus/emulator-files';
import { DynamoApiError } from './errors.ts';
import { type Json, parseBody } from './json.ts';
import type { DynamodbService } from './service.ts';

const type = 'application/x-amz-json-1.0';

/** `DynamoDB_20120810.PutItem`; another prefix is another API, `DynamoDBStreams_20120810`. */
const target = /^DynamoDB_20120810\.(?<operation>\w+)$/;

function inJson(requestId: string, status: number, answer: Json): AwsAnswer {
  const body = JSON.stringify(answer);
  const headers = { 'x-amz-crc32': String(crc32(body)) };
  return { status, type, body, requestId, headers };
}

/** Returns an answer that is an error, as DynamoDB writes it. */
export function errorAnswer(
  requestId: string,
  status: number,
  { name, message, details }: Pick<DynamoApiError, 'name' | 'message'> & Partial<DynamoApiError>,
): AwsAnswer {
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  return inJson(requestId, status, { __type, message, ...details });
}

/** Returns the operation that a request is for: `PutItem`. */
function operationOf({ headers }: Pick<AwsRequest, 'headers'>): string {
  const named = headers['x-amz-target'] ?? '';
  return target.exec(named)?.groups?.['operation'] ?? named;
}

/** Answers a request in AWS JSON 1.0. */
export async function answer(service: DynamodbService, request: AwsRequest): Promise<AwsAnswer> {
  const { body, requestId } = request;
  try {
    return inJson(requestId, 200, await service.run(operationOf(request), parseBody(body)));
  } catch (error) {
    // The errors that are the request's own have 400.
    if (error instanceof DynamoApiError) return errorAnswer(requestId, 400, error);
    if (!(error instanceof FileError)) throw error;
    return errorAnswer(requestId, 500, { name: 'InternalServerError', message: error.message });
  }
}
