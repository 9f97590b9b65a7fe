import { ask, asList, asRecord } from './request.ts';

/** How a command has got on. */
export interface Progress {
  readonly notes: readonly string[];
  /** The values that it measured so far. */
  readonly measured: readonly unknown[];
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** The text that it printed; empty until it has ended. */
  readonly output: string;
  /** Whether the connection is lost; it comes back by itself. */
  readonly isLost: boolean;
}

/** A command that runs. */
export interface Running {
  /** Interrupts it, as Ctrl-C does. */
  interrupt(): Promise<void>;
  /** Listens no longer; the command runs on. */
  leave(): void;
}

export const nothingYet: Progress = {
  notes: [],
  measured: [],
  exitCode: undefined,
  output: '',
  isLost: false,
};

/** Returns progress with what an event of the server adds. */
function withEvent(before: Progress, data: string): Progress {
  const event = asRecord(JSON.parse(data));
  const { exitCode, output } = event;
  return {
    notes: [...before.notes, ...asList(event['notes']).map(String)],
    measured: [...before.measured, ...asList(event['measured'])],
    exitCode: typeof exitCode === 'number' ? exitCode : undefined,
    output: typeof output === 'string' ? output : '',
    isLost: false,
  };
}

/** Listens to a command that runs, or has ended. */
function followRun(id: string, changed: (progress: Progress) => void): Running {
  let progress = nothingYet;
  const tell = (next: Progress): void => {
    progress = next;
    changed(progress);
  };
  const source = new EventSource(`./api/runs/${id}`);
  source.addEventListener('message', ({ data }) => tell(withEvent(progress, String(data))));
  source.addEventListener('end', () => source.close());
  // What was measured comes again, whole, with the connection.
  source.addEventListener('error', () => tell({ ...progress, measured: [], isLost: true }));
  return {
    interrupt: async () => {
      await ask('DELETE', `runs/${id}`);
    },
    leave: () => source.close(),
  };
}

/**
 * Starts a command, and tells how it gets on.
 *
 * @param words what follows `chorus`
 * @throws {ConsoleError} when it cannot be started
 */
export async function startRun(
  words: readonly string[],
  changed: (progress: Progress) => void,
): Promise<Running> {
  const { id } = await ask('POST', 'runs', { words });
  return followRun(String(id), changed);
}

/** Returns the words of a command as a person types them. */
export function shownWords(words: readonly string[]): string {
  const quoted = words.map((word) =>
    /^[\w./:=@%,+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  return ['chorus', ...quoted].join(' ');
}

/** Returns the JSON that a command printed; undefined when it is none. */
export function jsonOf(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
