import type { ServerResponse } from 'node:http';
import type { AwsAnswer, AwsRequest } from '@chorus/emulator-aws';
import { FileError } from '@chorus/emulator-files';
import { MessagingApiError } from '../errors.ts';
import { isJson, type Json } from '../json.ts';
import { notDone } from './not-done.ts';

const type = 'application/x-amz-json-1.0';

/** `AmazonSQS.SendMessage` */
const target = /^AmazonSQS\.(?<operation>\w+)$/;

/** Errors that the query protocol, whose codes clients still compare, called otherwise. */
const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  ...Object.fromEntries(
    [
      ...['BatchEntryIdsNotDistinct', 'BatchRequestTooLong', 'EmptyBatchRequest'],
      ...['InvalidBatchEntryId', 'MessageNotInflight', 'TooManyEntriesInBatchRequest'],
      'UnsupportedOperation',
    ].map((name) => [name, `AWS.SimpleQueueService.${name}`]),
  ),
};

/** Returns an answer that is an error, as SQS writes it. */
export function errorAnswer(
  requestId: string,
  error: Pick<MessagingApiError, 'name' | 'message' | 'status'>,
): AwsAnswer {
  const { name, message, status } = error;
  return {
    status,
    type,
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message }),
    requestId,
    headers: {
      'x-amzn-query-error': `${queryCodes[name] ?? name};${status < 500 ? 'Sender' : 'Receiver'}`,
    },
  };
}

function parsed(body: Buffer): Json {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (cause) {
    throw new MessagingApiError('SerializationException', 'The body is no JSON.', { cause });
  }
  if (!isJson(value))
    throw new MessagingApiError('SerializationException', 'The body must be a JSON object.');
  return value;
}

/** @throws {MessagingApiError} if it is in the older query protocol, or names no operation */
function operationOf({ headers }: AwsRequest): string {
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true)
    throw notDone("AWS's query protocol: use an SDK or AWS CLI of 2023 or later, which speak JSON");
  const named = headers['x-amz-target'] ?? '';
  return target.exec(named)?.groups?.['operation'] ?? named;
}

/**
 * Answers a request in AWS JSON 1.0.
 *
 * @param run an operation
 * @returns undefined if the caller has hung up while it waited for messages
 */
export async function answerSqs(
  request: AwsRequest,
  response: ServerResponse,
  run: (operation: string, parameters: Json, signal: AbortSignal) => Promise<Json>,
): Promise<AwsAnswer | undefined> {
  const { requestId } = request;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const answer = await run(operationOf(request), parsed(request.body), gone.signal);
    return { status: 200, type, body: JSON.stringify(answer), requestId };
  } catch (error) {
    if (gone.signal.aborted) return undefined;
    if (error instanceof MessagingApiError) return errorAnswer(requestId, error);
    if (!(error instanceof FileError)) throw error;
    return errorAnswer(requestId, {
      name: 'InternalFailure',
      message: error.message,
      status: 500,
    });
  }
}
