import { randomUUID } from 'node:crypto';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { messagingParameters } from './known-parameters.ts';
import { operationParameters } from './operation-parameters.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { type CallService, type ServiceData, ServiceError } from './service-callers.ts';

/** A service that takes messages, and the member that has the text of one. */
interface Messaging {
  readonly name: 'SNS' | 'SQS';
  readonly operation: 'Publish' | 'SendMessage';
  readonly text: 'Message' | 'MessageBody';
  /** The exceptions that the SDK for Java has classes of; all others are its general one. */
  readonly classes: readonly string[];
}

export const sns: Messaging = {
  name: 'SNS',
  operation: 'Publish',
  text: 'Message',
  classes: ['InvalidParameter', 'InvalidParameterValue', 'NotFound', 'AuthorizationError'],
};

export const sqs: Messaging = {
  name: 'SQS',
  operation: 'SendMessage',
  text: 'MessageBody',
  // The last one is the SDK's own, of a connection that failed or an answer that it cannot read.
  classes: ['QueueDoesNotExist', 'InvalidMessageContents', 'SdkClient'],
};

function failure({ name, classes }: Messaging, error: ServiceError): StatesError {
  const known = error.name.replace(/Exception$/, '');
  const details = `Service: Amazon${name}; Status Code: ${error.status}; Error Code: ${error.name}; Request ID: ${randomUUID()}; Proxy: null`;
  return new StatesError(
    `${name}.${classes.includes(known) ? known : `Amazon${name}`}Exception`,
    `${error.message} (${details})`,
    { cause: error },
  );
}

/**
 * Sends a message to a queue, or publishes one to a topic, as a task: `sqs:sendMessage`, `sns:publish`. Its text may be JSON in
 * the task.
 *
 * @throws {StatesError} `SQS.…` or `SNS.…` for what the service refuses, States.Runtime for other parameters
 */
export async function messagingTask(
  call: CallService,
  service: Messaging,
  task: Pick<TaskRequest, 'arguments' | 'signal'>,
): Promise<ServiceData> {
  const { operation, text } = service;
  const given = operationParameters(task.arguments, messagingParameters[operation] ?? {});
  const value = given[text];
  const parameters =
    value === undefined || typeof value === 'string'
      ? given
      : { ...given, [text]: JSON.stringify(value) };
  const requestId = randomUUID();
  try {
    const answer = await call(operation, parameters, task.signal);
    return { ...answer, ...sdkMetadata(requestId, { 'x-amzn-RequestId': requestId }) };
  } catch (error) {
    if (error instanceof ServiceError) throw failure(service, error);
    throw error;
  }
}
