import { mkdir } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { type Backend, type BridgeOptions, createBridge } from './bridge.ts';
import { probe } from './file-problems.ts';
import { lockFiles } from './lock.ts';
import { type EmbeddedPostgres, openInMemory, openPglite } from './open-pglite.ts';

export interface PostgresOptions extends Omit<BridgeOptions, 'backend'> {
  /** Folder of its files, absolute; made when it is missing, and this process's alone. In memory when left out. */
  readonly directory?: string;
}

/** A PostgreSQL (PGlite) in this process. */
export interface PostgresEmulator {
  /** Its one session. */
  readonly service: Backend;
  /** Resolves when it answers. @throws {Error} if it cannot be opened; `fail` is called with the same */
  readonly ready: Promise<void>;
  /** Serves a connection; one that comes before it is ready waits. */
  handle(socket: Socket): void;
  /** Ends every connection and writes a checkpoint, so that the next start has nothing to recover. */
  close(): Promise<void>;
}

/** The files that PostgreSQL and a hundred clients have open at the most. */
const neededFiles = 200;

async function openFiles(directory: string): Promise<EmbeddedPostgres> {
  await mkdir(dirname(directory), { recursive: true });
  const lock = await lockFiles(directory);
  await probe(directory, neededFiles);
  return openPglite(directory, lock);
}

/** Opens a PostgreSQL in this process, with which it shares processor and memory (230 MB). */
export function createPostgres({ directory, ...options }: PostgresOptions): PostgresEmulator {
  const opened = directory === undefined ? openInMemory() : openFiles(directory);
  const service: Backend = {
    greet: async () => (await opened).greet(),
    execute: async (messages) => (await opened).execute(messages),
  };
  const sockets = new Set<Socket>();
  let isClosed = false;
  // What clients leave behind when they are cut off at the end is no failure.
  const fail = (error: unknown): void => {
    if (!isClosed) options.fail(error);
  };
  const serve = createBridge({ ...options, fail, backend: service });
  opened.catch(fail);
  const ready = opened.then(() => {});
  // `fail` has been told.
  ready.catch(() => {});
  return {
    service,
    ready,
    handle(socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      serve(socket);
    },
    async close() {
      isClosed = true;
      for (const socket of sockets) socket.destroy();
      await (await opened).close();
    },
  };
}
