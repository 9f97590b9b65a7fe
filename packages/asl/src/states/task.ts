import { compileDataFlow } from '../data-flow.ts';
import { Interruption, StatesError } from '../errors.ts';
import type { LongTask, TaskRequest } from '../execution.ts';
import { cancelled, childController, untilAborted } from '../interruption.ts';
import { pathText } from '../journal.ts';
import { isJsonObject } from '../json-values.ts';
import { assertFits, assertResultFits } from '../limits.ts';
import type { State, Visit } from '../machine.ts';
import {
  compileNumber,
  compileTemplate,
  queryData,
  type StateCompiler,
} from '../state-compiler.ts';
import type { Track } from '../track.ts';
import {
  longTask,
  outcomeOf,
  type ScheduledTask,
  schedule,
  scheduledBefore,
  type TaskFields,
  waits,
  waitsForToken,
  watchHeart,
} from './long-task.ts';

/** Most seconds a task may be given (AWS's limit). */
const longestTaskSeconds = 99_999_999;

/** Task: has work done by `runTask` (specification: "Task State"). */
export function compileTask(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  const resource = compileResource(compiler);
  const service =
    /^arn:[^:]*:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):/.exec(resource)?.[1] ?? resource;
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

  /** @param visit with the token in its context, if the task waits for one */
  async function fieldsOf(visit: Visit): Promise<TaskFields> {
    const args = await flow.effectiveInput(visit);
    assertFits(args, `input of state '${visit.state}'`);
    const data = queryData(visit, { root: visit.input });
    return {
      resource,
      arguments: args,
      path: [...visit.scope.path, visit.state],
      retryCount: visit.retryCount,
      ...(timeout && { timeoutSeconds: await timeout(data) }),
      ...(heartbeat && { heartbeatSeconds: await heartbeat(data) }),
      ...(credentials && { credentials: await credentials(data) }),
    };
  }

  async function scheduleTask(visit: Visit, track: Track): Promise<ScheduledTask> {
    const { execution, path } = visit.scope;
    const token = waitsForToken(resource)
      ? execution.options.newToken?.(pathText(path))
      : undefined;
    return schedule(track, execution.clock.now(), await fieldsOf(withToken(visit, token)), token);
  }

  return async (visit) => {
    const { track, execution, signal } = visit.scope;
    if (track) {
      const before = scheduledBefore(track);
      const task = before ?? (await scheduleTask(visit, track));
      const seen = withToken(visit, task.token);
      const result = await outcomeOf(track, task, signal, async () => {
        const answer = await runLong(seen, track, task, before !== undefined);
        assertResultFits(answer, service);
        return answer;
      });
      return flow.finish(seen, result);
    }
    const request = await fieldsOf(visit);
    // Scheduled, started, and ended.
    execution.countEvents(3);
    const result = await runShort(visit, request);
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
  if (pattern && compiler.type === 'EXPRESS') {
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

/** Runs a task of an Express execution under its timeout, if it has one. */
function runShort(visit: Visit, fields: TaskFields): Promise<unknown> {
  const { timeoutSeconds } = fields;
  const ms = timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000;
  return runWithin(visit, ms, ({ signal }) => runTask(visit, fields, signal));
}

/**
 * Runs a task of a Standard execution, or runs it again if the process ended meanwhile. What waits for someone else's answer
 * goes on with the time it had left; what starts from the beginning has all of its time once more.
 */
function runLong(
  visit: Visit,
  track: Track,
  task: ScheduledTask,
  resumed: boolean,
): Promise<unknown> {
  const { id: _id, token: _token, at, ...fields } = task;
  const { timeoutSeconds, heartbeatSeconds, resource } = fields;
  const since = waits(resource) ? visit.scope.execution.clock.now() - at : 0;
  const ms = timeoutSeconds === undefined ? undefined : Math.max(0, timeoutSeconds * 1000 - since);
  return runWithin(
    visit,
    ms,
    async (controller) => {
      const seconds = waitsForToken(resource) ? heartbeatSeconds : undefined;
      const heart = watchHeart(visit, seconds, controller);
      try {
        const long = longTask(track, task, resumed, heart.beat);
        return await runTask(visit, fields, controller.signal, long);
      } finally {
        heart.end();
      }
    },
    waitsForToken(resource),
  );
}

/**
 * Runs work under a timeout, which aborts the work's own signal.
 *
 * @param ms the time it has; none has no end
 * @param own whether the work aborts its signal itself, too
 */
async function runWithin(
  visit: Visit,
  ms: number | undefined,
  work: (controller: Pick<AbortController, 'signal' | 'abort'>) => Promise<unknown>,
  own = false,
): Promise<unknown> {
  const { execution, signal } = visit.scope;
  if (ms === undefined && !own) return work({ signal, abort: () => undefined });

  const { controller, release } = childController(signal);
  const timer = new AbortController();
  if (ms !== undefined)
    execution.clock.sleep(ms, timer.signal).then(
      // AWS records no cause (recorded).
      () => controller.abort(new StatesError('States.Timeout', '')),
      () => undefined, // the task was faster
    );
  try {
    return await work(controller);
  } finally {
    timer.abort(cancelled);
    release();
  }
}

async function runTask(
  visit: Visit,
  fields: TaskFields,
  signal: AbortSignal,
  long?: LongTask,
): Promise<unknown> {
  try {
    const task: TaskRequest = {
      ...fields,
      signal,
      ...(long && { long }),
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

/** Returns a visit whose context names the task's token. */
function withToken(visit: Visit, token: string | undefined): Visit {
  if (token === undefined) return visit;
  const { context } = visit;
  return { ...visit, context: { ...context, Task: { Token: token } } };
}
