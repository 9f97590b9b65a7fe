import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { Variables } from '../env.ts';
import type { Io } from '../io.ts';

/** Runs a command line, and returns its exit code. */
export type RunCommand = (argv: readonly string[], io: Io) => Promise<number>;

/** A command that runs, or has ended, and what it has said. */
export interface Run {
  readonly id: string;
  /** The words after `chorus`. */
  readonly words: readonly string[];
  readonly startedAt: string;
  /** Lines of progress and errors, in their order. */
  readonly notes: readonly string[];
  /** The values that it measured so far, in their order. */
  readonly measured: readonly unknown[];
  /** Undefined while it runs: 0 done, 1 failed, 2 wrong usage. */
  readonly exitCode: number | undefined;
  /** The text that it printed. */
  readonly output: string;
}

/** Commands that run beside each other. */
export interface Runs {
  /** Starts a command. @param words what follows `chorus` */
  start(words: readonly string[]): Run;
  find(id: string): Run | undefined;
  list(): readonly Run[];
  /** Interrupts a command as Ctrl-C does: one that undoes what it began does so. False if there is no such run. */
  interrupt(id: string): boolean;
  /** Calls back after each change of a run. @returns ends that */
  follow(id: string, changed: (run: Run) => void): () => void;
  close(): void;
}

/** Ended runs that are kept, for pages that lost their connection. */
const keptRuns = 100;

/** Most characters that are kept of what a command prints: a list of 10,000 executions has some 4 MB. */
const mostOutput = 16 << 20;

/** Collects the lines of a stream. */
function lines(each: (line: string) => void): Writable & { isTTY: boolean } {
  let rest = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const parts = (rest + String(chunk)).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) each(line);
      done();
    },
  });
  return Object.assign(stream, { isTTY: false });
}

/** Runs the commands of `chorus` in this process: the console can do what they can, and nothing else. */
export function createRuns(run: RunCommand, env: Variables): Runs {
  type Running = { -readonly [Key in keyof Run]: Run[Key] } & {
    notes: string[];
    measured: unknown[];
    readonly interruption: AbortController;
  };
  const runs = new Map<string, Running>();
  const changes = new EventEmitter();
  changes.setMaxListeners(0);

  function forgetOldest(): void {
    for (const [id, { exitCode }] of runs) {
      if (runs.size <= keptRuns) return;
      if (exitCode !== undefined) runs.delete(id);
    }
  }

  async function perform(running: Running): Promise<void> {
    const chunks: string[] = [];
    let length = 0;
    const stdout = new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        length += chunk.length;
        if (length <= mostOutput) chunks.push(String(chunk));
        done();
      },
    });
    const stderr = lines((line) => {
      running.notes.push(line);
      changes.emit(running.id, running);
    });
    const stdin = Object.assign(Readable.from([]), { isTTY: false });
    const exitCode = await run(running.words, {
      stdin,
      stdout,
      stderr,
      env,
      interruption: () => running.interruption.signal,
      measured(value) {
        running.measured.push(value);
        changes.emit(running.id, running);
      },
    });
    if (length > mostOutput)
      running.notes.push(`The output has ${length} characters: ask for less, or in a terminal`);
    running.output = length > mostOutput ? '' : chunks.join('');
    running.exitCode = length > mostOutput ? 1 : exitCode;
    changes.emit(running.id, running);
    forgetOldest();
  }

  return {
    start(words) {
      const running: Running = {
        id: randomUUID(),
        words,
        startedAt: new Date().toISOString(),
        notes: [],
        measured: [],
        exitCode: undefined,
        output: '',
        interruption: new AbortController(),
      };
      runs.set(running.id, running);
      void perform(running);
      return running;
    },
    find: (id) => runs.get(id),
    list: () => [...runs.values()],
    interrupt(id) {
      const running = runs.get(id);
      running?.interruption.abort();
      return running !== undefined;
    },
    follow(id, changed) {
      changes.on(id, changed);
      return () => changes.off(id, changed);
    },
    close() {
      for (const { interruption, exitCode } of runs.values())
        if (exitCode === undefined) interruption.abort();
    },
  };
}
