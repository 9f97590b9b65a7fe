import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainFileError } from '@chorus/emulator-files';
import { PostgresError } from './errors.ts';

export interface ProcessOptions {
  /** Folder in which its files are to be, in a folder `name`, and its output, in `logs/<name>.log`; absolute. */
  readonly directory: string;
  readonly name: string;
  /** Addresses of this machine to listen at; the first is 127.0.0.1. */
  readonly addresses: readonly string[];
  /** The password that clients give; the user's name may be any. */
  readonly password: string;
  /** Folder for V8's compile cache. */
  readonly compileCache: string;
  /** Called when the database ends unasked, with what is known of the reason. */
  onEnd(why: string): void;
}

/** A PostgreSQL of this start, in a process of its own. */
export interface PostgresProcess {
  /** The folder of its files. */
  readonly files: string;
  /** One port for each address, in their order; who connects before the database is ready waits. */
  readonly ports: readonly number[];
  /** Resolves when the database answers. @throws {PostgresError} if its files are damaged */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** A message of the process about itself. */
export interface Said {
  readonly ports?: readonly number[];
  readonly ready?: true;
  /** Why it ends, for a person. */
  readonly failed?: string;
}

/** Longest that a checkpoint may take before the database is ended without one, in milliseconds. */
const closeMs = 1500;

/** The process, in a group of its own, so that Ctrl-C reaches the local cloud first and requests can finish. */
function startProcess({ directory, name, addresses, compileCache }: ProcessOptions): ChildProcess {
  const logs = join(directory, 'logs');
  let log: number;
  try {
    mkdirSync(logs, { recursive: true });
    log = openSync(join(logs, `${name}.log`), 'a');
  } catch (error) {
    throw explainFileError(error, logs);
  }
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  // V8's optimising compiler would take 150 MB more, and time at the start, for queries of a tenth of a millisecond.
  const given = ['--liftoff-only', main, join(directory, name), ...addresses];
  try {
    return spawn(process.execPath, given, {
      env: { NODE_COMPILE_CACHE: compileCache, TZ: 'UTC' },
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

/** Resolves with the end of the process. @throws {FileError} if it cannot even be started */
async function endOf(child: ChildProcess): Promise<void> {
  try {
    await once(child, 'exit');
  } catch (error) {
    throw explainFileError(error, process.execPath);
  }
}

/**
 * Starts the embedded PostgreSQL (PGlite) as a process of its own: it takes a processor while it starts and works,
 * and 300 MB. It ends with this process, however that ends.
 *
 * @throws {PostgresError} if it ends before it listens
 */
export async function startPostgres(options: ProcessOptions): Promise<PostgresProcess> {
  const child = startProcess(options);
  const files = join(options.directory, options.name);
  let closing = false;
  const exited = endOf(child);
  if (child.connected) child.send({ password: options.password });
  let why = `${options.directory}/logs/${options.name}.log says why`;
  child.on('message', ({ failed }: Said) => {
    why = failed ?? why;
  });
  const ended = exited.then(() => {
    throw new PostgresError(`The embedded PostgreSQL could not be opened: ${why}.`);
  });
  const said = (is: (message: Said) => boolean): Promise<Said> =>
    new Promise((resolve) => {
      child.on('message', (message: Said) => is(message) && resolve(message));
    });
  const isReady = said(({ ready }) => ready === true);
  const ready = Promise.race([isReady, ended]).then(() => {
    exited.then(() => {
      if (!closing) options.onEnd(why);
    });
  });
  // Told to those that wait for it, if any.
  ready.catch(() => {});
  const { ports = [] } = await Promise.race([
    said((message) => message.ports !== undefined),
    ended,
  ]);
  return {
    files,
    ports,
    ready,
    async close() {
      closing = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), closeMs);
      if (child.connected) child.send('close');
      await exited;
      clearTimeout(timer);
    },
  };
}
