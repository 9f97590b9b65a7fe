import { useEffect, useState } from 'preact/hooks';
import { asList, asRecord } from './request.ts';
import { jsonOf } from './runs.ts';

/** The last result of a command that is watched. */
export interface Watched {
  /** Its JSON; undefined before the first, and after a failure. */
  readonly value: unknown;
  /** Why it failed. */
  readonly error: string | undefined;
  /** Whether the connection is lost; it comes back by itself. */
  readonly isLost: boolean;
  /** Whether nothing has come yet. */
  readonly isFirst: boolean;
}

const first: Watched = { value: undefined, error: undefined, isLost: false, isFirst: true };

function readEvent(data: string): Watched {
  const { exitCode, output, notes } = asRecord(JSON.parse(data));
  const said = asList(notes)
    .map((note) => String(note).replace(/^chorus: /, ''))
    .join('\n');
  return exitCode === 0
    ? { value: jsonOf(String(output)), error: undefined, isLost: false, isFirst: false }
    : { value: undefined, error: said, isLost: false, isFirst: false };
}

/** Watches a command that changes nothing, with `--json`, as long as the view is open. No words: nothing. */
export function useWatch(words: readonly string[] | undefined): Watched {
  const key = words === undefined ? undefined : JSON.stringify([...words, '--json']);
  const [watched, setWatched] = useState(first);
  useEffect(() => {
    setWatched(first);
    if (key === undefined) return;
    const source = new EventSource(`./api/watch?words=${encodeURIComponent(key)}`);
    source.addEventListener('message', ({ data }) => setWatched(readEvent(String(data))));
    source.addEventListener('error', () => setWatched((before) => ({ ...before, isLost: true })));
    return () => source.close();
  }, [key]);
  return watched;
}
