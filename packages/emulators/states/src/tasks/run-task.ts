import type { TaskRequest } from '@chorus/asl';
import { type Integration, integrationOf, notIntegrated } from './integrations.ts';
import { refusal } from './refusal.ts';
import type { TaskServices } from './task-services.ts';

/** Asks the service, unless an earlier process had its answer, and waits until someone sends the task's token. */
async function waitForToken(
  services: TaskServices,
  task: TaskRequest,
  ask: Integration['ask'],
): Promise<unknown> {
  const { long, signal, resource } = task;
  if (long?.token === undefined)
    throw refusal(`${resource} has no token: only Standard workflows wait for one`);
  const { token } = long;
  return new Promise((resolve, reject) => {
    services.tokens.wait(token, signal, () => long.beat()).then(resolve, reject);
    // The token may be sent before the service has answered, and the execution stopped.
    if (!long.submitted)
      ask(services, task)
        .then((answer) => long.submit(answer))
        .catch(reject);
  });
}

/**
 * Runs a task of a state machine.
 *
 * @throws {StatesError} States.Runtime, naming it, for what is not done here; else the task's own failure
 */
export async function runTask(services: TaskServices, task: TaskRequest): Promise<unknown> {
  const integration = integrationOf(task.resource);
  if (integration === undefined) throw refusal(notIntegrated(task.resource));
  const { ask, pattern, wait } = integration;
  if (pattern === undefined) return ask(services, task);
  if (pattern === '.waitForTaskToken') return waitForToken(services, task, ask);
  if (wait === undefined) throw refusal(notIntegrated(task.resource));
  return wait(services, task, pattern);
}
