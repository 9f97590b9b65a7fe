import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { TimedStep, Timeline } from './timeline.ts';

/** The states that take time. */
const timed = /^(Task|Wait|Parallel|Map)StateEntered$/;

interface Entry {
  readonly name: string;
  readonly startMs: number;
  endMs: number | undefined;
  attempts: number;
  error: string | undefined;
}

/** The error that an event of a task tells of. */
function errorOf(event: HistoryEvent): string | undefined {
  const details =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.taskSubmitFailedEventDetails ??
    event.taskStartFailedEventDetails;
  return details && (details.error ?? 'States.TaskFailed');
}

/**
 * Returns the timeline of a standard execution, from its history: each state that takes time, from when it was entered to when it
 * was left. Attempts are the tasks that were scheduled for it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function timelineOfHistory(events: readonly HistoryEvent[]): Timeline {
  const began = events[0]?.timestamp?.getTime() ?? 0;
  const since = ({ timestamp }: HistoryEvent) => (timestamp?.getTime() ?? began) - began;
  const last = Math.max(0, ...events.map(since));
  /** The state that an event belongs to, by the event's id. */
  const within = new Map<number, Entry>();
  const entries: Entry[] = [];
  for (const event of events) {
    const { id = 0, previousEventId = 0, type = '' } = event;
    const before = within.get(previousEventId);
    if (type.endsWith('StateEntered')) {
      const name = event.stateEnteredEventDetails?.name ?? '';
      const entry = {
        name,
        startMs: since(event),
        endMs: undefined,
        attempts: 0,
        error: undefined,
      };
      within.set(id, entry);
      if (timed.test(type)) entries.push(entry);
    } else if (type.endsWith('StateExited')) {
      const name = event.stateExitedEventDetails?.name;
      // Behind branches the event before is one of theirs.
      const left =
        before?.name === name
          ? before
          : entries.findLast((each) => each.name === name && each.endMs === undefined);
      if (left !== undefined) left.endMs = since(event);
    } else if (before !== undefined) {
      within.set(id, before);
      if (/^(Task|LambdaFunction)Scheduled$/.test(type)) {
        before.attempts += 1;
        before.error = undefined;
      }
      before.error = errorOf(event) ?? before.error;
    }
  }
  return {
    startedAt: new Date(began).toISOString(),
    durationMs: last,
    steps: entries.map(
      ({ name, startMs, endMs, attempts, error }): TimedStep => ({
        function: name,
        startMs,
        endMs: endMs ?? last,
        attempts: Math.max(1, attempts),
        ...(error !== undefined && { error }),
        ...(endMs === undefined && error === undefined && { isRunning: true }),
      }),
    ),
  };
}
