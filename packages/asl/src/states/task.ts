import { compileDataFlow } from '../data-flow.ts';
import { Interruption, StatesError } from '../errors.ts';
import type { TaskRequest } from '../execution.ts';
import { cancelled, childController, untilAborted } from '../interruption.ts';
import { isJsonObject } from '../json-values.ts';
import { assertFits, assertResultFits } from '../limits.ts';
import type { State, Visit } from '../machine.ts';
import {
  compileNumber,
  compileTemplate,
  queryData,
  type StateCompiler,
} from '../state-compiler.ts';

/** Most seconds a task may be given (AWS's limit). */
const longestTaskSeconds = 99_999_999;

/** Task: has work done by `runTask` (specification: "Task State"). */
export function compileTask(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  const resource = compileResource(compiler);
  const service = /^arn:[^:]*:states:[^:]*:[^:]*:([^:]+):/.exec(resource)?.[1] ?? resource;
  const flow = compileDataFlow(compiler, { parameters: true, result: true });
  const timeout = compileNumber(compiler, 'TimeoutSeconds', [1, longestTaskSeconds]);
  const heartbeat = compileNumber(compiler, 'HeartbeatSeconds', [1, longestTaskSeconds]);
  const { Credentials } = definition;
  if (Credentials !== undefined && typeof Credentials === 'object' && !namesRole(Credentials))
    compiler.problem('Credentials', "The field 'RoleArn' is required but was missing.");
  const credentials =
    definition.Credentials === undefined
      ? undefined
      : compileTemplate(compiler, 'Credentials', definition.Credentials);

  return async (visit) => {
    const args = await flow.effectiveInput(visit);
    assertFits(args, `input of state '${visit.state}'`);
    const data = queryData(visit, { root: visit.input });
    const request = {
      resource,
      arguments: args,
      path: [...visit.scope.path, visit.state],
      retryCount: visit.retryCount,
      ...(timeout && { timeoutSeconds: await timeout(data) }),
      ...(heartbeat && { heartbeatSeconds: await heartbeat(data) }),
      ...(credentials && { credentials: await credentials(data) }),
    };
    // Scheduled, started, and ended.
    visit.scope.execution.countEvents(3);
    const result = await runWithin(visit, request);
    assertResultFits(result, service);
    return flow.finish(visit, result);
  };
}

function namesRole(credentials: unknown): boolean {
  return isJsonObject(credentials) && ('RoleArn' in credentials || 'RoleArn.$' in credentials);
}

function compileResource(compiler: StateCompiler): string {
  const { definition } = compiler;
  const resource = String(definition.Resource);
  const token = /\$\{[^}]*\}/.exec(resource)?.[0];
  if (token) compiler.problem('Resource', `No substitution was given for ${token}.`);
  const pattern = /\.(sync(:2)?|waitForTaskToken)$/.exec(resource)?.[0];
  if (pattern) {
    compiler.problem('Resource', `Express workflows do not support "${pattern}" integrations.`);
  }
  const { TimeoutSeconds, HeartbeatSeconds } = definition;
  if (
    typeof TimeoutSeconds === 'number' &&
    typeof HeartbeatSeconds === 'number' &&
    HeartbeatSeconds >= TimeoutSeconds
  ) {
    compiler.problem('HeartbeatSeconds', 'HeartbeatSeconds must be smaller than TimeoutSeconds.');
  }
  return resource;
}

/** A request without what depends on the attempt's own signal. */
type TaskFields = Omit<TaskRequest, 'signal' | 'context'>;

/** Runs the task under its timeout, if it has one; the timeout aborts the task's own signal. */
async function runWithin(visit: Visit, request: TaskFields): Promise<unknown> {
  const { execution, signal } = visit.scope;
  if (request.timeoutSeconds === undefined) return runTask(visit, request, signal);

  const { timeoutSeconds } = request;
  const { controller, release } = childController(signal);
  const timer = new AbortController();
  execution.clock.sleep(timeoutSeconds * 1000, timer.signal).then(
    () =>
      controller.abort(
        // AWS records no cause (recorded).
        new StatesError('States.Timeout', ''),
      ),
    () => undefined, // the task was faster
  );
  try {
    return await runTask(visit, request, controller.signal);
  } finally {
    timer.abort(cancelled);
    release();
  }
}

async function runTask(visit: Visit, request: TaskFields, signal: AbortSignal): Promise<unknown> {
  try {
    const task: TaskRequest = {
      ...request,
      signal,
      get context() {
        return visit.context;
      },
    };
    const result = await untilAborted(visit.scope.execution.options.runTask(task), signal);
    return result === undefined ? null : result;
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    if (thrown instanceof StatesError || thrown instanceof Interruption) throw thrown;
    if (thrown instanceof Error) {
      throw new StatesError(thrown.name, thrown.message, { cause: thrown });
    }
    throw new StatesError('States.TaskFailed', String(thrown), { cause: thrown });
  }
}
