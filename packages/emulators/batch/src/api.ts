import type { ServerResponse } from 'node:http';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { LocalCloudError } from '@chorus/emulator-files';
import { BatchApiError, invalid, notDone } from './errors.ts';
import type { BatchService } from './service.ts';

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body) || '{}');
  } catch (cause) {
    throw invalid(`The body is not JSON: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
}

function answerOf(service: BatchService, { method, path, body }: AwsRequest): unknown {
  const name = /^\/v1\/(?<name>\w+)$/.exec(path)?.groups?.['name'];
  if (method !== 'POST' || name === undefined) throw notDone(`${method} ${path.slice(0, 80)}`);
  return service.run(name, parsed(body));
}

/** Returns AWS's error for an error. Writes a fault of the local cloud itself to standard error too. */
function knownError(error: unknown): BatchApiError {
  if (error instanceof BatchApiError) return error;
  console.error(error instanceof LocalCloudError ? error.message : error);
  return new BatchApiError('ServerException', `The local cloud failed: ${error}`, 500, {
    cause: error,
  });
}

/** Answers a request to Batch (REST, JSON), errors included. */
export function answer(service: BatchService, request: AwsRequest, response: ServerResponse): void {
  const { requestId } = request;
  const type = 'application/json';
  try {
    const body = JSON.stringify(answerOf(service, request));
    sendAnswer(response, { status: 200, type, body, requestId });
  } catch (error) {
    const { name, message, status } = knownError(error);
    sendAnswer(response, {
      status,
      type,
      body: JSON.stringify({ message }),
      requestId,
      headers: { 'x-amzn-errortype': name },
    });
  }
}
