import type { StateType } from './definition.ts';
import { errorOutput, HeartbeatTimeout, StatesError } from './errors.ts';
import { type HistoryEvent, type Journal, type Place, pathText, type Retries } from './journal.ts';
import type { Variables } from './query.ts';
import type { Step } from './step.ts';

/** Where a graph starts, or goes on. */
type Beginning = Pick<Place, 'state' | 'input' | 'variables'>;

/** The events that tell how a graph ended, if any do. */
interface Ending {
  readonly succeeded: HistoryEvent;
  readonly failed: HistoryEvent;
}

/** The way of one graph of a Standard execution through its journal. */
export interface Track {
  /** Whether an earlier process has begun with the graph. */
  readonly begun: boolean;
  /** Returns where to start: where an earlier process got to, if one did. */
  begin(given: Beginning): Beginning;
  /** Tells of the state's entry, unless that was told, and returns its event's id and its time. */
  enter(type: StateType): { readonly at: number; readonly id: number };
  readonly retries: Retries | undefined;
  /** Has the state start again, all that its attempt kept forgotten. */
  retry(retries: Retries): void;
  /** Returns what this attempt at the state has kept under a name. */
  kept(name: string): unknown;
  keep(name: string, value: unknown, events?: readonly HistoryEvent[]): void;
  /**
   * Adds an event to the next change.
   *
   * @param leads the id of the event that leads to the state's exit, if that is not this one
   */
  note(event: HistoryEvent, leads?: number): void;
  /** Tells of the state's end, and goes on to the next state, or ends the graph. */
  leave(state: string, type: StateType, step: Step, variables: Variables): void;
  /** Ends the graph with an error. */
  fail(error: StatesError): void;
  /** Returns the output of a graph that has ended before, or throws its error. */
  readonly ended: { readonly output: unknown } | undefined;
  /** The id of the last event before the one that told of the graph's end. */
  readonly endedBy: number | undefined;
  /** Returns the way of a graph inside the state at hand: a branch, or a Map's item. */
  inside(state: string, index: number, ending?: Ending): Track;
  /** Returns the places of the graphs inside the state at hand, by index. */
  placesInside(): ReadonlyMap<number, Place>;
}

const json = (value: unknown): string => JSON.stringify(value) ?? 'null';

function exitedDetails(name: string, { output, assign }: Step): Record<string, unknown> {
  const assigned = Object.entries(assign ?? {}).map(([key, value]) => [key, json(value)]);
  return {
    name,
    output: json(output),
    outputDetails: { truncated: false },
    ...(assigned.length > 0 && {
      assignedVariables: Object.fromEntries(assigned),
      assignedVariablesDetails: { truncated: false },
    }),
  };
}

/** Returns the error that a journal kept. */
export function revived(saved: {
  readonly Error: string;
  Cause: string;
  heartbeat?: true;
}): StatesError {
  return saved.heartbeat ? new HeartbeatTimeout() : new StatesError(saved.Error, saved.Cause);
}

/** Returns an error as a journal keeps it. */
export const saved = (error: StatesError): Parameters<typeof revived>[0] => ({
  ...errorOutput(error),
  ...(error instanceof HeartbeatTimeout && { heartbeat: true }),
});

/** @param previous the id of the event that leads to the graph's first one */
export function openTrack(
  journal: Journal,
  path: readonly string[],
  previous: number,
  now: () => number,
  ending?: Ending,
): Track {
  const at = pathText(path);
  let place = journal.place(at);
  let pending: HistoryEvent[] = [];
  let exitedBy: number | undefined;

  function current(): Place {
    if (place === undefined) throw new TypeError('A graph that has not begun has no place.');
    return place;
  }

  function commit(
    events: readonly HistoryEvent[],
    next: (lastEvent: number) => Place,
    forgetInside = false,
  ): void {
    const all = [...pending, ...events];
    pending = [];
    exitedBy = undefined;
    const change = { events: all, path: at, place: next, forgetInside };
    place = journal.commit(current().previous, change);
  }

  return {
    begun: place !== undefined,
    begin(given) {
      place ??= { ...given, previous, kept: {} };
      return place;
    },
    enter(type) {
      const { entered, state, input } = current();
      if (entered) return entered;
      const details = { name: state, input: json(input), inputDetails: { truncated: false } };
      const event = { type: `${type}StateEntered`, stateEnteredEventDetails: details };
      const time = now();
      commit([event], (id) => ({
        ...current(),
        previous: id,
        entered: { at: time, id, type },
      }));
      return { at: time, id: current().previous };
    },
    get retries() {
      return place?.retries;
    },
    retry: (retries) =>
      commit([], (previous) => ({ ...current(), previous, retries, kept: {} }), true),
    kept: (name) => current().kept[name],
    keep(name, value, events = []) {
      const kept = { ...current().kept, [name]: value };
      commit(events, (previous) => ({ ...current(), previous, kept }));
    },
    note(event, leads) {
      pending.push(event);
      exitedBy = leads;
    },
    leave(name, type, step, variables) {
      const event = {
        type: `${type}StateExited`,
        stateExitedEventDetails: exitedDetails(name, step),
        ...(exitedBy !== undefined && { previousEventId: exitedBy }),
      };
      const { next, output } = step;
      if (next === undefined) {
        const events = ending ? [event, ending.succeeded] : [event];
        const end = { output };
        commit(events, (previous) => ({ ...current(), previous, kept: {}, variables, end }), true);
        return;
      }
      commit(
        [event],
        (previous) => ({ state: next, input: output, variables, previous, kept: {} }),
        true,
      );
    },
    fail(error) {
      const failing = pending.length === 0 ? current().previous : undefined;
      commit(ending ? [ending.failed] : [], (lastEvent) => {
        const event = failing ?? lastEvent - (ending ? 1 : 0);
        return { ...current(), previous: lastEvent, end: { error: saved(error), event } };
      });
    },
    get ended() {
      const { end } = place ?? {};
      if (end && 'error' in end) throw revived(end.error);
      return end;
    },
    get endedBy() {
      if (!place?.end) return undefined;
      return 'event' in place.end ? place.end.event : place.previous - (ending ? 1 : 0);
    },
    inside: (state, index, endingInside) =>
      openTrack(journal, [...path, state, String(index)], current().previous, now, endingInside),
    placesInside: () => journal.placesInside(at),
  };
}

/** Returns what an attempt at a state finds out once, whatever happens to the process meanwhile. */
export async function once<Value>(
  track: Track | undefined,
  name: string,
  find: () => Value | Promise<Value>,
  tell: (value: Value) => readonly HistoryEvent[] = () => [],
): Promise<Value> {
  const kept = track?.kept(name);
  if (kept !== undefined) return (kept as { readonly value: Value }).value;
  const value = await find();
  track?.keep(name, { value }, tell(value));
  return value;
}
