import { randomUUID } from 'node:crypto';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { putEventsEntryParameters } from './known-parameters.ts';
import { operationParameters } from './operation-parameters.ts';
import { refusal } from './refusal.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { type CallService, type ServiceData, ServiceError } from './service-callers.ts';

const textOf = (value: unknown): unknown =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

/** ARNs of the execution and of its state machine, which each event names. */
function resourcesOf({ context }: TaskRequest): readonly string[] {
  const arns = [context['Execution'], context['StateMachine']].map((part) =>
    typeof part === 'object' && part !== null ? Reflect.get(part, 'Id') : undefined,
  );
  return arns.filter((arn) => typeof arn === 'string');
}

/** Returns an entry as EventBridge takes it: its detail may be JSON in the task, and is text there. */
function entryOf(value: unknown, task: TaskRequest): ServiceData {
  const entry = operationParameters(value, putEventsEntryParameters);
  const { Resources, Detail } = entry;
  const given: readonly unknown[] = Array.isArray(Resources) ? Resources : [];
  return { ...entry, Detail: textOf(Detail), Resources: [...given, ...resourcesOf(task)] };
}

/**
 * Puts events on a bus as a task. Like on AWS, each of them names the execution and its state machine among its resources, and one that
 * fails is a failure of the task.
 *
 * @throws {StatesError} `EventBridge.FailedEntry`, or `EventBridge.…` for what EventBridge refuses; States.Runtime for other
 *   parameters
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export async function putEventsTask(call: CallService, task: TaskRequest): Promise<ServiceData> {
  const { Entries } = operationParameters(task.arguments, { Entries: 'any' });
  if (!Array.isArray(Entries)) throw refusal("The field 'Entries' is required but was missing");
  const entries = Entries.map((each) => entryOf(each, task));
  const requestId = randomUUID();
  try {
    const answer = await call('PutEvents', { Entries: entries }, task.signal);
    if (answer['FailedEntryCount'] !== 0)
      throw new StatesError('EventBridge.FailedEntry', JSON.stringify(answer));
    return { ...answer, ...sdkMetadata(requestId, { 'x-amzn-RequestId': requestId }) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { name, message, status } = error;
    throw new StatesError(
      `EventBridge.${name}`,
      `${message} (Service: AmazonCloudWatchEvents; Status Code: ${status}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)`,
      { cause: error },
    );
  }
}
