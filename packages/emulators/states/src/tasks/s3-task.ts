import { randomUUID } from 'node:crypto';
import { payloadLimitBytes, StatesError, type TaskRequest } from '@chorus/asl';
import { s3Parameters } from './known-parameters.ts';
import { operationParameters } from './operation-parameters.ts';
import { refusal } from './refusal.ts';
import { type CallService, ServiceError } from './service-callers.ts';

/** The exceptions of these operations that the SDK for Java has classes of; all others are its `S3Exception`. */
const classes: ReadonlySet<string> = new Set([
  'InvalidObjectState',
  'InvalidRequest',
  'NoSuchBucket',
  'NoSuchKey',
]);

function failure(error: ServiceError): StatesError {
  const { name, message, status } = error;
  const details = `Service: S3, Status Code: ${status}, Request ID: ${randomUUID()}, Extended Request ID: null`;
  return new StatesError(
    `S3.${classes.has(name) ? name : 'S3'}Exception`,
    `${message} (${details})`,
    { cause: error },
  );
}

/** Reads an object as text, no further than a task's result may be long. */
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > payloadLimitBytes)
      throw new StatesError(
        'States.DataLimitExceeded',
        "The state/task 'aws-sdk:s3' returned a result with a size exceeding the maximum number of bytes service limit.",
      );
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw refusal(
      'The local cloud gives a task the objects whose bytes are UTF-8, and this one’s are not',
    );
  }
}

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Returns a value as Step Functions writes it: times without milliseconds, and nothing for what there is not. */
function written(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, 'Z');
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  const there = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  return Object.fromEntries(there.map(([name, each]) => [name, written(each)]));
}

/** Bytes of an object to write: JSON of whatever the parameter is, also quotes around a text (recorded on AWS). */
const bodyOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/**
 * Runs an operation of S3 as a task: an object is read as text, and written as JSON.
 *
 * @param operation `GetObject`
 * @throws {StatesError} `S3.…` for what S3 refuses, States.DataLimitExceeded for an object that is too large to be a result,
 *   States.Runtime for other parameters
 */
export async function s3Task(
  call: CallService,
  operation: string,
  task: Pick<TaskRequest, 'arguments' | 'signal'>,
): Promise<unknown> {
  const { Body: value, ...others } = operationParameters(
    task.arguments,
    s3Parameters[operation] ?? {},
  );
  const needed = operation === 'ListObjectsV2' ? ['Bucket'] : ['Bucket', 'Key'];
  const missing = needed.find((name) => !others[name]);
  if (missing !== undefined) throw refusal(`The field '${missing}' is required but was missing`);
  const parameters = value === undefined ? others : { ...others, Body: bodyOf(value) };
  try {
    const { Body, ...answer } = await call(operation, parameters, task.signal);
    const facts = written(answer);
    return isStream(Body) ? { ...Object(facts), Body: await textOf(Body) } : facts;
  } catch (error) {
    if (error instanceof ServiceError) throw failure(error);
    throw error;
  }
}
