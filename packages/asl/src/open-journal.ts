import { StatesError } from './errors.ts';
import { type HistoryEvent, type Journal, type Place, pathText } from './journal.ts';

/** Most events of a history (AWS's limit). */
export const longestHistory = 25_000;

/** An event of a history as it is told. */
export interface ToldEvent extends HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
}

/** What a journal has to keep for a change: the same places as before, but for these. */
export interface Kept {
  readonly events: readonly ToldEvent[];
  readonly path: string;
  readonly place: Place;
  readonly forgotten: readonly string[];
}

/** How a journal of an earlier process ends. */
interface Earlier {
  readonly places: Iterable<readonly [string, Place]>;
  /** How many events its history has. */
  readonly events: number;
}

/**
 * Returns a journal that holds the places in memory, and hands every change to what keeps it.
 *
 * @param keep keeps a change, or throws; the journal is then as it was
 */
export function openJournal(
  earlier: Earlier,
  keep: (kept: Kept) => void,
): Journal & {
  /** How many events its history has. */
  readonly events: number;
} {
  const places = new Map(earlier.places);
  let count = earlier.events;

  return {
    get events() {
      return count;
    },
    place: (path) => places.get(path),
    placesInside(path) {
      const state = places.get(path)?.state;
      if (state === undefined) return new Map();
      const prefix = `${path === '' ? '' : `${path},`}${pathText([state])},`;
      return new Map(
        [...places].flatMap(([inner, place]): [number, Place][] => {
          const index = inner.startsWith(prefix)
            ? /^"(\d+)"$/.exec(inner.slice(prefix.length))
            : null;
          return index ? [[Number(index[1]), place]] : [];
        }),
      );
    },
    commit(previous, { events, path, place, forgetInside }) {
      if (count + events.length >= longestHistory)
        throw new StatesError(
          'States.Runtime',
          `The execution reached the maximum number of history events (${longestHistory}).`,
        );
      const told: ToldEvent[] = [];
      let before = previous;
      for (const event of events) {
        const id = count + told.length + 1;
        told.push({ ...event, id, previousEventId: event.previousEventId ?? before });
        before = id;
      }
      const next = place(told.at(-1)?.id ?? previous);
      const within = path === '' ? '' : `${path},`;
      const forgotten = forgetInside
        ? [...places.keys()].filter((inner) => inner !== path && inner.startsWith(within))
        : [];
      keep({ events: told, path, place: next, forgotten });
      count += told.length;
      places.set(path, next);
      for (const inner of forgotten) places.delete(inner);
      return next;
    },
  };
}
