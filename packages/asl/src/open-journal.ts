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

const namesIn = (path: string): string[] => JSON.parse(`[${path}]`);

/** Returns the graph that a graph is inside of: without the state's name and the index. */
const outerOf = (path: string): string => pathText(namesIn(path).slice(0, -2));

const indexOf = (path: string): number => Number(namesIn(path).at(-1));

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
  const places = new Map<string, Place>();
  /** By graph, the graphs right inside its states, so that a Map of many items is not searched at each step of one. */
  const inside = new Map<string, Set<string>>();
  let count = earlier.events;

  function put(path: string, place: Place): void {
    if (!places.has(path) && path !== '') {
      const outer = outerOf(path);
      inside.set(outer, (inside.get(outer) ?? new Set()).add(path));
    }
    places.set(path, place);
  }

  function allInside(path: string): string[] {
    return [...(inside.get(path) ?? [])].flatMap((inner) => [inner, ...allInside(inner)]);
  }

  for (const [path, place] of earlier.places) put(path, place);

  return {
    get events() {
      return count;
    },
    place: (path) => places.get(path),
    placesInside: (path) =>
      new Map(
        [...(inside.get(path) ?? [])].flatMap((inner): [number, Place][] => {
          const place = places.get(inner);
          return place ? [[indexOf(inner), place]] : [];
        }),
      ),
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
      const forgotten = forgetInside ? allInside(path) : [];
      keep({ events: told, path, place: next, forgotten });
      count += told.length;
      put(path, next);
      if (forgetInside) inside.delete(path);
      for (const inner of forgotten) {
        places.delete(inner);
        inside.delete(inner);
      }
      return next;
    },
  };
}
