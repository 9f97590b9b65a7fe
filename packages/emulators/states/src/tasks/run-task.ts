import { type Clock, StatesError, type TaskRequest } from '@chorus/asl';
import type { LambdaService } from '@chorus/emulator-lambda';
import type { TaskTokens } from '../standard/task-tokens.ts';
import { invokeResource, invokeTask } from './invoke-task.ts';
import { refusal } from './refusal.ts';
import {
  type NestedExecutions,
  startAndWait,
  startExecutionResource,
  startExecutionTask,
} from './start-execution-task.ts';

/** The services that tasks ask. */
export interface TaskServices {
  readonly lambda: Pick<LambdaService, 'invoke'>;
  readonly nested: NestedExecutions;
  readonly tokens: Pick<TaskTokens, 'wait'>;
  readonly clock: Clock;
}

const pattern = /^(?<integration>.+?)(?<pattern>\.(?:sync(?::2)?|waitForTaskToken))?$/s;

type Ask = (services: TaskServices, task: TaskRequest) => Promise<unknown>;

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

const integrations: Readonly<Record<string, Ask>> = {
  [invokeResource]: invokeFunction,
  [startExecutionResource]: ({ nested }, task) => startExecutionTask(nested, task, false),
};

/** Asks the service, unless an earlier process had its answer, and waits until someone sends the task's token. */
async function waitForToken(services: TaskServices, task: TaskRequest, ask: Ask): Promise<unknown> {
  const { long, signal, resource } = task;
  if (long?.token === undefined)
    throw refusal(`${resource} has no token: only Standard workflows wait for one`);
  const { token } = long;
  return new Promise((resolve, reject) => {
    services.tokens.wait(token, signal, () => long.beat()).then(resolve, reject);
    // The token may be sent before the service has answered.
    if (!long.submitted) ask(services, task).then((answer) => long.submit(answer), reject);
  });
}

/**
 * Runs a task of a state machine.
 *
 * @throws {StatesError} States.Runtime, naming it, for what is not done here; else the task's own failure
 */
export async function runTask(services: TaskServices, task: TaskRequest): Promise<unknown> {
  const { integration = '', pattern: waits } = pattern.exec(task.resource)?.groups ?? {};
  const ask = Object.hasOwn(integrations, integration) ? integrations[integration] : undefined;
  if (ask && waits === undefined) return ask(services, task);
  if (ask && waits === '.waitForTaskToken') return waitForToken(services, task, ask);
  if (integration === startExecutionResource)
    return startAndWait(services.nested, task, waits === '.sync:2');
  throw refusal(
    `The local cloud runs ${Object.keys(integrations).join(' and ')}, not ${task.resource}`,
  );
}
