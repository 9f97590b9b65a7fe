import type { StateType } from './definition.ts';
import type { ErrorOutput } from './errors.ts';
import type { Variables } from './query.ts';

/**
 * What happened in a Standard execution, as `GetExecutionHistory` tells it, but for what the journal adds: the id and the
 * time. Its details, if it has some, are in the field that AWS's model names.
 */
export interface HistoryEvent {
  readonly type: string;
  /** The event that led to this one, where it is not the one before it in the same change. */
  readonly previousEventId?: number;
  readonly [details: `${string}EventDetails`]: unknown;
}

/** An error that a state reported, as a journal keeps it. */
interface SavedError extends ErrorOutput {
  /** The task sent no heartbeat in time: `States.HeartbeatTimeout` names it too. */
  readonly heartbeat?: true;
}

/** The retries of a state so far. */
export interface Retries {
  readonly count: number;
  readonly byRetrier: readonly number[];
  /** The next attempt starts then, in milliseconds since the epoch. */
  readonly due: number;
}

/** The way a graph ended; of a failure, with the id of the event that told of it. */
type End = { readonly output: unknown } | { readonly error: SavedError; readonly event: number };

/** How far a graph of a Standard execution has got: enough to go on from there after a restart. All of it is JSON. */
export interface Place {
  /** The state at hand. */
  readonly state: string;
  readonly input: unknown;
  readonly variables: Variables;
  /** The id of the last event. */
  readonly previous: number;
  /** The state was entered at this time, in milliseconds since the epoch, by the event of this id. */
  readonly entered?: { readonly at: number; readonly id: number; readonly type: StateType };
  readonly retries?: Retries;
  /** What this attempt has found out already, and must not find out again. */
  readonly kept: Readonly<Record<string, unknown>>;
  readonly end?: End;
}

/** Events, and how far a graph has got by them: both are kept, or neither. */
export interface JournalChange {
  readonly events: readonly HistoryEvent[];
  /** The graph that this is about, as `pathText` writes it. */
  readonly path: string;
  /** Its place from now on; `lastEvent` is the id of the last of the events, or what it was. */
  place(lastEvent: number): Place;
  /** Whether the places of graphs inside this one are of no more use: its state ends, or starts again. */
  readonly forgetInside?: boolean;
}

/** Keeps what a Standard execution must know to go on after a restart. */
export interface Journal {
  /** Returns the place of a graph, by its path as `pathText` writes it. */
  place(path: string): Place | undefined;
  /** Returns the places of the graphs right inside a graph's state, by the index of the Parallel's branch or the Map's item. */
  placesInside(path: string): ReadonlyMap<number, Place>;
  /**
   * Keeps a change, and returns the place as it is now.
   *
   * @param previous the id of the event before the first of the change
   * @throws {StatesError} States.Runtime when the history is full
   */
  commit(previous: number, change: JournalChange): Place;
}

/** Returns the path of a graph as a journal names it; the machine's own is `''`. */
export const pathText = (path: readonly string[]): string =>
  path.map((name) => JSON.stringify(name)).join();
