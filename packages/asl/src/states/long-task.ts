import { randomUUID } from 'node:crypto';
import { HeartbeatTimeout, StatesError } from '../errors.ts';
import type { LongTask, TaskRequest } from '../execution.ts';
import { cancelled } from '../interruption.ts';
import type { HistoryEvent } from '../journal.ts';
import type { Visit } from '../machine.ts';
import { revived, saved, type Track } from '../track.ts';

/** A task without what depends on the process that runs it. */
export type TaskFields = Omit<TaskRequest, 'signal' | 'context' | 'long'>;

/** A task of a Standard execution, as its journal keeps it. */
export interface ScheduledTask extends TaskFields {
  readonly id: string;
  readonly token?: string;
  /** When it was scheduled, in milliseconds since the epoch. */
  readonly at: number;
}

/** Tells whether a task goes on after its service was asked: `.sync`, `.sync:2` or `.waitForTaskToken`. */
export const waits = (resource: string): boolean =>
  /\.(?:sync(?::2)?|waitForTaskToken)$/.test(resource);

/** Tells whether a task waits for someone to send its token. */
export const waitsForToken = (resource: string): boolean => resource.endsWith('.waitForTaskToken');

const integration =
  /^arn:[^:]*:states:(?<region>[^:]*):[^:]*:(?<type>(?:aws-sdk:)?[^:]+):(?<resource>.+)$/;

/** Returns what the events of a service integration begin with; nothing for a function's own ARN, whose events are others. */
function serviceOf(resource: string): { resourceType: string; resource: string } | undefined {
  const { type, resource: action } = integration.exec(resource)?.groups ?? {};
  return type && action ? { resourceType: type, resource: action } : undefined;
}

const text = (value: unknown): string => JSON.stringify(value) ?? 'null';
const whole = { truncated: false };

function scheduledEvents(task: ScheduledTask): HistoryEvent[] {
  const service = serviceOf(task.resource);
  const { timeoutSeconds, heartbeatSeconds } = task;
  const timeout = timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds };
  if (!service) {
    const { resource } = task;
    const details = { resource, input: text(task.arguments), inputDetails: whole, ...timeout };
    return [
      { type: 'LambdaFunctionScheduled', lambdaFunctionScheduledEventDetails: details },
      { type: 'LambdaFunctionStarted' },
    ];
  }
  const details = {
    ...service,
    region: 'us-east-1',
    parameters: text(task.arguments),
    ...timeout,
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
  return [
    { type: 'TaskScheduled', taskScheduledEventDetails: details },
    { type: 'TaskStarted', taskStartedEventDetails: service },
  ];
}

function succeededEvent({ resource }: ScheduledTask, result: unknown): HistoryEvent {
  const service = serviceOf(resource);
  const details = { ...service, output: text(result), outputDetails: whole };
  return service
    ? { type: 'TaskSucceeded', taskSucceededEventDetails: details }
    : { type: 'LambdaFunctionSucceeded', lambdaFunctionSucceededEventDetails: details };
}

function failedEvent({ resource }: ScheduledTask, error: StatesError): HistoryEvent {
  const service = serviceOf(resource);
  const { name, message } = error;
  const details = { ...service, error: name, ...(message !== '' && { cause: message }) };
  const what = name === 'States.Timeout' ? 'TimedOut' : 'Failed';
  return service
    ? { type: `Task${what}`, [`task${what}EventDetails`]: details }
    : { type: `LambdaFunction${what}`, [`lambdaFunction${what}EventDetails`]: details };
}

/** Keeps a task before it is run, so that a later process runs the same. */
export function schedule(
  track: Track,
  now: number,
  fields: TaskFields,
  token?: string,
): ScheduledTask {
  const task = { ...fields, id: randomUUID(), at: now, ...(token !== undefined && { token }) };
  track.keep('task', task, scheduledEvents(task));
  return task;
}

/** Returns the task that an earlier process scheduled, if it has not been retried since. */
export const scheduledBefore = (track: Track): ScheduledTask | undefined =>
  track.kept('task') as ScheduledTask | undefined;

/**
 * Returns the result of a task, or throws its error, and keeps which it was: it is not run again once that is known.
 *
 * @param run runs it to its end
 */
export async function outcomeOf(
  track: Track,
  task: ScheduledTask,
  signal: AbortSignal,
  run: () => Promise<unknown>,
): Promise<unknown> {
  type Outcome = { readonly value: unknown } | { readonly error: Parameters<typeof revived>[0] };
  const known = track.kept('outcome') as Outcome | undefined;
  if (known) {
    if ('error' in known) throw revived(known.error);
    return known.value;
  }
  try {
    const value = await run();
    track.keep('outcome', { value }, [succeededEvent(task, value)]);
    return value;
  } catch (thrown) {
    if (!signal.aborted && thrown instanceof StatesError)
      track.keep('outcome', { error: saved(thrown) }, [failedEvent(task, thrown)]);
    throw thrown;
  }
}

/** Returns what the caller sees of the task, beside what every task has. */
export function longTask(
  track: Track,
  task: ScheduledTask,
  resumed: boolean,
  beat: () => void,
): LongTask {
  const submitted = track.kept('submitted') as LongTask['submitted'];
  const { id, token, resource } = task;
  return {
    id,
    resumed,
    beat,
    ...(token !== undefined && { token }),
    ...(submitted !== undefined && { submitted }),
    submit(answer) {
      // The task may have ended, or timed out, before its service answered.
      if (track.kept('outcome') !== undefined || scheduledBefore(track)?.id !== id) return;
      const details = { ...serviceOf(resource), output: text(answer), outputDetails: whole };
      track.keep('submitted', { answer }, [
        { type: 'TaskSubmitted', taskSubmittedEventDetails: details },
      ]);
    },
  };
}

/** Aborts a task that waits for its token when no heartbeat comes in time. */
export function watchHeart(
  { scope }: Visit,
  seconds: number | undefined,
  stop: Pick<AbortController, 'abort'>,
): { beat(): void; end(): void } {
  let timer = new AbortController();
  function beat(): void {
    timer.abort(cancelled);
    if (seconds === undefined) return;
    timer = new AbortController();
    scope.execution.clock.sleep(seconds * 1000, timer.signal).then(
      () => stop.abort(new HeartbeatTimeout()),
      () => undefined, // a heartbeat, or the task's end
    );
  }
  beat();
  return { beat, end: () => timer.abort(cancelled) };
}
