import type { ServerResponse } from 'node:http';
import { LocalCloudError } from '@chorus/emulator-files';
import { AwsApiError } from './api-error.ts';
import { sendAnswer } from './send.ts';
import type { AwsRequest } from './signed-handler.ts';

/** The form of a service's answers, and where they come from. */
export interface JsonAnswers {
  /** `application/x-amz-json-1.1`, or `application/json` of a REST API. */
  readonly type: string;
  /** AWS's name of the error that is the service's own: `InternalException`. */
  readonly fault: string;
  /** Returns the answer to the request, as data. @throws {AwsApiError} */
  answer(): unknown;
  /** Returns the body of an error, whose name is in a header too. @default with the name and both spellings of its message */
  bodyOf?(error: AwsApiError): object;
}

/** Returns AWS's error for an error. Writes a fault of the local cloud itself to standard error too. */
function knownError(error: unknown, fault: string): AwsApiError {
  if (error instanceof AwsApiError) return error;
  console.error(error instanceof LocalCloudError ? error.message : error);
  return new AwsApiError(fault, `The local cloud failed: ${error}`, 500, { cause: error });
}

const namedBody = ({ name, message }: AwsApiError): object => ({
  __type: name,
  message,
  Message: message,
});

/** Answers a request to an API in JSON, errors included. */
export async function answerInJson(
  { requestId }: Pick<AwsRequest, 'requestId'>,
  response: ServerResponse,
  { type, fault, answer, bodyOf = namedBody }: JsonAnswers,
): Promise<void> {
  try {
    const body = JSON.stringify(await answer());
    sendAnswer(response, { status: 200, type, body, requestId });
  } catch (error) {
    const known = knownError(error, fault);
    sendAnswer(response, {
      status: known.status,
      type,
      body: JSON.stringify(bodyOf(known)),
      requestId,
      headers: { 'x-amzn-errortype': known.name },
    });
  }
}
