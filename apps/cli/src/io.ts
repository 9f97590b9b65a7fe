import type { Readable, Writable } from 'node:stream';
import type { Variables } from './env.ts';

/** The streams that a command reads and writes: the process's own in `main.ts`, buffers in tests. */
export interface Io {
  /** The answer, and nothing else with `--json`. */
  readonly stdout: Writable;
  /** Errors, notes and progress. */
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Variables;
  /** Called by commands that undo what they began: the first Ctrl-C then raises the signal instead of ending the process. */
  readonly interruption?: () => AbortSignal;
  /** Gets what a command measures on its way, for a page that draws it. @default it is not drawn */
  readonly measured?: (value: unknown) => void;
}

/** Writes lines to stdout. */
export function print(io: Io, ...lines: readonly string[]): void {
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** Writes a value to stdout as the one JSON document of `--json`. */
export function printJson(io: Io, value: unknown): void {
  print(io, JSON.stringify(value, null, 2));
}

/** Writes lines to stderr, where they do not get into anybody's data. */
export function note(io: Io, ...lines: readonly string[]): void {
  io.stderr.write(`${lines.join('\n')}\n`);
}
