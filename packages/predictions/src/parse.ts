import { InvalidRequestError } from '@chorus/protocol';
import type { Ended } from './announcements.ts';
import type { DeadLetter, RequestMessage } from './prediction.ts';

type Fields = Readonly<Record<string, unknown>>;

/** @throws {InvalidRequestError} if the text is no JSON object */
function fieldsOf(text: string, what: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidRequestError(`${what} is not JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidRequestError(`${what} is no JSON object`);
  return { ...value };
}

/** @throws {InvalidRequestError} naming the member that is missing or of another type */
function requestOf(fields: Fields, what: string): RequestMessage {
  const { id, workflow, replays, input } = fields;
  if (typeof id !== 'string' || id === '') throw new InvalidRequestError(`${what} has no id`);
  if (typeof workflow !== 'string') throw new InvalidRequestError(`${what} names no workflow`);
  if (typeof replays !== 'number' || !Number.isInteger(replays) || replays < 0)
    throw new InvalidRequestError(`${what} does not say how often it was replayed`);
  if (input === undefined) throw new InvalidRequestError(`${what} has no input`);
  return { id, workflow, replays, input };
}

/**
 * Reads the body of a message that asks to run a workflow.
 *
 * @throws {InvalidRequestError} if it is none
 */
export function parseRequest(body: string): RequestMessage {
  return requestOf(fieldsOf(body, 'the message'), 'the message');
}

/**
 * Reads the end of a request that a webhook could not be told of, from the webhook's dead letter.
 *
 * @throws {InvalidRequestError} naming the member that is missing or of another type
 */
export function parseEnded({ input }: DeadLetter): Ended {
  const what = 'the dead letter of the webhook';
  const fields = typeof input === 'object' && input !== null ? { ...input } : {};
  const { id, workflow, replays } = requestOf({ ...fields, input }, what);
  const { status, statusCode } = fields as Fields;
  if ((status !== 'done' && status !== 'failed') || typeof statusCode !== 'number')
    throw new InvalidRequestError(`${what} does not say how the request ended`);
  return { id, workflow, replays, status, statusCode, webhook: true };
}

/**
 * Reads the body of a dead letter.
 *
 * @throws {InvalidRequestError} if it is none
 */
export function parseLetter(body: string): DeadLetter {
  const what = 'the dead letter';
  const fields = fieldsOf(body, what);
  const { webhook, statusCode, error, failed, attempts, failedAt } = fields;
  if (typeof statusCode !== 'number' || typeof error !== 'string')
    throw new InvalidRequestError(`${what} does not say what failed`);
  if (typeof attempts !== 'number' || typeof failedAt !== 'string')
    throw new InvalidRequestError(`${what} does not say when it failed`);
  return {
    ...requestOf(fields, what),
    ...(webhook === true && { webhook }),
    statusCode,
    error,
    ...(failed !== undefined && { failed }),
    attempts,
    failedAt,
  };
}
