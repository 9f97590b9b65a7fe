import type { ServerResponse } from 'node:http';
import { type AwsRequest, sendAnswer } from '@chorus/emulator-aws';
import { FileError } from '@chorus/emulator-files';
import { MessagingApiError } from '../errors.ts';
import type { Json } from '../json.ts';
import { answerInXml, errorInXml, parseQuery } from './query.ts';

const type = 'text/xml';

/** Answers with an error in XML. */
export function sendSnsError(
  response: ServerResponse,
  requestId: string,
  error: { readonly code: string; readonly message: string; readonly status: number },
): void {
  const { status } = error;
  sendAnswer(response, { status, type, body: errorInXml(error, requestId), requestId });
}

/**
 * Answers a request in AWS's query protocol.
 *
 * @param run an operation
 */
export function answerSns(
  { path, body, requestId }: AwsRequest,
  response: ServerResponse,
  run: (operation: string, parameters: Json) => Json,
): void {
  try {
    const query = body.length > 0 ? body.toString() : (path.split('?')[1] ?? '');
    const { action, parameters } = parseQuery(query);
    const answer = answerInXml(action, run(action, parameters), requestId);
    sendAnswer(response, { status: 200, type, body: answer, requestId });
  } catch (error) {
    if (error instanceof MessagingApiError) {
      const { name: code, message, status } = error;
      sendSnsError(response, requestId, { code, message, status });
    } else if (error instanceof FileError)
      sendSnsError(response, requestId, {
        code: 'InternalFailure',
        message: error.message,
        status: 500,
      });
    else throw error;
  }
}
