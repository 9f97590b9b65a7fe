import { StatesError } from './errors.ts';
import type { HistoryEvent, Place } from './journal.ts';
import type { Visit } from './machine.ts';
import { type ConcurrentWork, runConcurrently } from './run-concurrently.ts';
import { revived } from './track.ts';

interface Work extends ConcurrentWork {
  readonly count: number;
  readonly limit: number;
  readonly kind: 'Parallel' | 'Map';
}

/** The types of state that AWS tells of when they are aborted. */
const abortable = ['Task', 'Wait', 'Map', 'Parallel'];

/**
 * Runs the graphs inside a state. In a Standard execution it tells of their end, and goes on with those that an earlier
 * process did not finish.
 */
export async function runInside(visit: Visit, work: Work): Promise<unknown[]> {
  const { signal, track } = visit.scope;
  const { count, limit, kind } = work;
  if (!track) return runConcurrently(count, limit, signal, work);
  try {
    // The process ended after a branch had failed, and before that was acted upon.
    if (!work.tolerate) throwFailed(track.placesInside());
    const outputs = await runConcurrently(count, limit, signal, work);
    const last = Math.max(0, ...[...track.placesInside().values()].map(({ previous }) => previous));
    const type = `${kind}StateSucceeded`;
    // Without any graph inside, one simply follows the other. Recorded on AWS: else both follow the last event inside.
    if (last > 0) track.note({ type, previousEventId: last }, last);
    else track.note({ type });
    return outputs;
  } catch (thrown) {
    if (thrown instanceof StatesError)
      for (const event of endOfFailed(visit.state, kind, track.placesInside())) track.note(event);
    throw thrown;
  }
}

type Places = ReadonlyMap<number, Place>;

function throwFailed(places: Places): void {
  for (const { end } of places.values()) if (end && 'error' in end) throw revived(end.error);
}

/** Returns the events that tell of the others' end, and of the state's; the failure leads to all of them, as recorded on AWS. */
function endOfFailed(name: string, kind: Work['kind'], places: Places): HistoryEvent[] {
  const failures = [...places.values()].flatMap(({ end }) =>
    end && 'event' in end ? [end.event] : [],
  );
  const previous = failures.length > 0 ? { previousEventId: Math.min(...failures) } : {};
  const aborted = [...places].flatMap(([index, { end, entered }]): HistoryEvent[] => {
    if (end) return [];
    const type = entered?.type ?? '';
    const state = { type: `${type}StateAborted`, ...previous };
    const mapIterationAbortedEventDetails = { name, index };
    return [
      ...(abortable.includes(type) ? [state] : []),
      ...(kind === 'Map'
        ? [{ type: 'MapIterationAborted', ...previous, mapIterationAbortedEventDetails }]
        : []),
    ];
  });
  return [...aborted, { type: `${kind}StateFailed`, ...previous }];
}
