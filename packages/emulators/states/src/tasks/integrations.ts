import { StatesError, type TaskRequest } from '@chorus/asl';
import { submitAndWait, submitJobResource, submitJobTask } from './batch-task.ts';
import { dynamodbTask, type Flavour } from './dynamodb-task.ts';
import { putEventsTask } from './events-task.ts';
import { invokeResource, invokeTask } from './invoke-task.ts';
import { messagingTask, sns, sqs } from './messaging-task.ts';
import { refusal } from './refusal.ts';
import { s3Task } from './s3-task.ts';
import type { CallService, JobCaller, ServiceCallers } from './service-callers.ts';
import {
  startAndWait,
  startExecutionResource,
  startExecutionTask,
} from './start-execution-task.ts';
import { startSyncTask } from './start-sync-task.ts';
import type { TaskServices } from './task-services.ts';

/** How a task may go on after its service has answered. */
type Pattern = '.sync' | '.sync:2' | '.waitForTaskToken';

/** A service integration: the resource of a task without its pattern. */
export interface Integration {
  /** Asks the service. */
  readonly ask: (services: TaskServices, task: TaskRequest) => Promise<unknown>;
  readonly patterns: readonly Pattern[];
  /** Asks the service, unless an earlier process had its answer, and waits until what it began has ended: `.sync`. */
  readonly wait?: (services: TaskServices, task: TaskRequest, pattern: string) => Promise<unknown>;
}

/** How long a task waits that is run again and is throttled, in milliseconds. */
const patience = 1000;

/**
 * Invokes a function. A task that is run again after a restart had its turn before: it waits for another one, where all that
 * ran before the restart are asked at once and most processes are still to start.
 */
async function invokeFunction(
  { lambda, clock }: TaskServices,
  task: TaskRequest,
): Promise<unknown> {
  for (;;) {
    try {
      return await invokeTask(lambda, task);
    } catch (error) {
      const isThrottled =
        error instanceof StatesError && error.name === 'Lambda.TooManyRequestsException';
      if (!isThrottled || !task.long?.resumed) throw error;
      await clock.sleep(patience, task.signal);
    }
  }
}

const without = (service: keyof ServiceCallers): StatesError =>
  refusal(`This cloud has no ${service} that a task could ask`);

function callerOf(
  { callers }: TaskServices,
  service: Exclude<keyof ServiceCallers, 'batch'>,
): CallService {
  const call = callers[service];
  if (call === undefined) throw without(service);
  return call;
}

function jobsOf({ callers: { batch } }: TaskServices): JobCaller {
  if (batch === undefined) throw without('batch');
  return batch;
}

const onDynamodb = (operation: string, flavour: Flavour): Integration => ({
  ask: (services, task) => dynamodbTask(callerOf(services, 'dynamodb'), operation, flavour, task),
  patterns: flavour === 'optimised' ? [] : ['.waitForTaskToken'],
});

const onS3 = (operation: string): Integration => ({
  ask: (services, task) => s3Task(callerOf(services, 's3'), operation, task),
  patterns: ['.waitForTaskToken'],
});

const onSqs: Integration = {
  ask: (services, task) => messagingTask(callerOf(services, 'sqs'), sqs, task),
  patterns: ['.waitForTaskToken'],
};

const onSns: Integration = {
  ask: (services, task) => messagingTask(callerOf(services, 'sns'), sns, task),
  patterns: ['.waitForTaskToken'],
};

/** Every integration there is here. */
const integrations: Readonly<Record<string, Integration>> = {
  [invokeResource]: { ask: invokeFunction, patterns: ['.waitForTaskToken'] },
  [startExecutionResource]: {
    ask: ({ nested }, task) => startExecutionTask(nested, task, false),
    patterns: ['.sync', '.sync:2', '.waitForTaskToken'],
    wait: ({ nested }, task, pattern) => startAndWait(nested, task, pattern === '.sync:2'),
  },
  [submitJobResource]: {
    ask: (services, task) => submitJobTask(jobsOf(services), task),
    patterns: ['.sync', '.waitForTaskToken'],
    wait: (services, task) =>
      submitAndWait(jobsOf(services), { isClosed: () => services.nested.isClosed }, task),
  },
  'arn:aws:states:::aws-sdk:sfn:startSyncExecution': {
    ask: ({ nested }, task) => startSyncTask(nested, task),
    patterns: [],
  },
  'arn:aws:states:::dynamodb:getItem': onDynamodb('GetItem', 'optimised'),
  'arn:aws:states:::dynamodb:putItem': onDynamodb('PutItem', 'optimised'),
  'arn:aws:states:::dynamodb:updateItem': onDynamodb('UpdateItem', 'optimised'),
  'arn:aws:states:::dynamodb:deleteItem': onDynamodb('DeleteItem', 'optimised'),
  'arn:aws:states:::aws-sdk:dynamodb:getItem': onDynamodb('GetItem', 'aws-sdk'),
  'arn:aws:states:::aws-sdk:dynamodb:putItem': onDynamodb('PutItem', 'aws-sdk'),
  'arn:aws:states:::aws-sdk:dynamodb:updateItem': onDynamodb('UpdateItem', 'aws-sdk'),
  'arn:aws:states:::aws-sdk:dynamodb:deleteItem': onDynamodb('DeleteItem', 'aws-sdk'),
  'arn:aws:states:::aws-sdk:dynamodb:query': onDynamodb('Query', 'aws-sdk'),
  'arn:aws:states:::sns:publish': onSns,
  'arn:aws:states:::sqs:sendMessage': onSqs,
  'arn:aws:states:::aws-sdk:s3:getObject': onS3('GetObject'),
  'arn:aws:states:::aws-sdk:s3:putObject': onS3('PutObject'),
  'arn:aws:states:::aws-sdk:s3:listObjectsV2': onS3('ListObjectsV2'),
  'arn:aws:states:::events:putEvents': {
    ask: (services, task) => putEventsTask(callerOf(services, 'events'), task),
    patterns: ['.waitForTaskToken'],
  },
};

const parts = /^(?<integration>.+?)(?<pattern>\.(?:sync(?::2)?|waitForTaskToken))?$/s;

/** A task's resource, taken apart. */
export interface AskedIntegration extends Pick<Integration, 'ask' | 'wait'> {
  readonly pattern?: string;
}

/** Returns the integration that a resource names; nothing for what is not done here. */
export function integrationOf(resource: string): AskedIntegration | undefined {
  const { integration = '', pattern } = parts.exec(resource)?.groups ?? {};
  const found = Object.hasOwn(integrations, integration) ? integrations[integration] : undefined;
  if (found === undefined) return undefined;
  if (pattern === undefined) return { ask: found.ask };
  if (!found.patterns.some((each) => each === pattern)) return undefined;
  return { pattern, ...found };
}

/** Says of a resource that it is not done here, and what is. */
export const notIntegrated = (resource: string): string =>
  `The local cloud runs ${Object.entries(integrations)
    .map(([name, { patterns }]) => [name, ...patterns].join(' or '))
    .join(', ')}; not ${resource}`;
