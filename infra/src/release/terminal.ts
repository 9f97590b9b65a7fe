import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { CommandError, InterruptedError } from './errors.ts';

/** The person or the script that a command was asked by. */
export interface Terminal {
  /** Whether a person is at the terminal. */
  readonly isAsked: boolean;
  /** Writes a line for people, or, for scripts, nothing. */
  say(line: string): void;
  /** Writes what a script reads; for people, nothing. */
  tell(value: unknown): void;
  /** Asks a question. @returns the answer @throws {CommandError} if no person is there */
  ask(question: string): Promise<string>;
}

/**
 * The terminal of this process.
 *
 * @param isJson whether a script reads the answer, one JSON value a line
 * @param input where answers come from. @default stdin
 */
export function processTerminal(
  isJson: boolean,
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean } = process.stdin,
): Terminal {
  return {
    isAsked: input.isTTY === true,
    say(line) {
      if (!isJson) process.stdout.write(`${line}\n`);
    },
    tell(value) {
      if (isJson) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    async ask(question) {
      const lines = createInterface({ input, output: process.stderr });
      // Ctrl-C and Ctrl-D are an answer too: none.
      const closed = once(lines, 'close').then(() => '');
      try {
        return await Promise.race([lines.question(question), closed]);
      } catch (error) {
        if (error instanceof Error && error.name === 'AbortError') return '';
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}

/**
 * Makes sure that something is meant.
 *
 * @param expected the answer that says so; with `y` also `yes`
 * @throws {CommandError} for another answer, or if no person is there
 */
export async function confirm(
  terminal: Terminal,
  question: string,
  expected: string,
  otherwise: string,
): Promise<void> {
  if (!terminal.isAsked) throw new CommandError(`there is no terminal to ask at: ${otherwise}`);
  const answer = await terminal.ask(question);
  const isMeant = expected === 'y' ? /^y(es)?$/i.test(answer.trim()) : answer.trim() === expected;
  if (!isMeant) throw new CommandError('nothing was changed');
}

/**
 * Does something that Ctrl-C, or the end of the machine, ends early and in order.
 *
 * @param work gets a signal that is raised then; it ends by itself when it is done with that
 */
export async function interruptible<Result>(
  terminal: Pick<Terminal, 'say'>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals) => {
    terminal.say(
      controller.signal.aborted
        ? 'Going back already; to end this now would leave it half done.'
        : `Interrupted (${name}): going back to what was live.`,
    );
    controller.abort(new InterruptedError(`interrupted by ${name}`));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}
