import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FileError } from '@chorus/emulator-files';
import { PGlite } from '@electric-sql/pglite';
import type { Backend } from './bridge.ts';
import type { FilesLock } from './lock.ts';
import { unpackTar } from './unpack-tar.ts';

/** PostgreSQL as WebAssembly, its files in a folder. */
export interface EmbeddedPostgres extends Backend {
  /** Writes a checkpoint, so that the next start has nothing to recover. */
  close(): Promise<void>;
}

/** Protocol 3.0, user and database of the one session. */
function startupMessage(): Buffer {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + body.length);
  head.writeInt32BE(0x0003_0000, 4);
  return Buffer.concat([head, body]);
}

/**
 * Tells what is in the folder: nothing yet, a whole cluster, or the beginning of one. An empty cluster is a thousand
 * files; it is whole only with the last of them.
 *
 * @throws {FileError} if it is a folder of something else: nothing in it is touched
 */
async function lookInto(directory: string): Promise<'new' | 'unfinished' | 'complete'> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  if (names.includes('complete')) return 'complete';
  if (names.includes('unfinished')) return 'unfinished';
  if (names.length === 0) return 'new';
  throw new FileError(
    `${directory} holds ${names[0]} and is no database of the local cloud: move it elsewhere`,
  );
}

/** The major version of PostgreSQL that PGlite is; it reads the files of no other. */
export const postgresVersion = '18';

/** @throws {FileError} if another version wrote the files */
async function checkVersion(directory: string, dataDir: string): Promise<void> {
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (version !== postgresVersion)
    throw new FileError(
      `${directory} was written by PostgreSQL ${version}, and this one is ${postgresVersion}: move or delete that folder to start with a new database, everything in it is made again`,
    );
}

async function createCluster(directory: string, dataDir: string): Promise<PGlite> {
  const { dataDir: emptyCluster } = await import('@electric-sql/pglite-prepopulatedfs');
  await writeFile(join(directory, 'unfinished'), '');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir);
  // Making one by initdb would take five seconds in WebAssembly, and PGlite's own unpacking (`loadDataDir`) a second.
  unpackTar(gunzipSync(await (await emptyCluster()).bytes()), dataDir);
  const database = await PGlite.create({ dataDir });
  await rename(join(directory, 'unfinished'), join(directory, 'complete'));
  return database;
}

/**
 * Opens the database in `directory`, which is made and filled with an empty cluster when it is missing. After a kill
 * PostgreSQL recovers by its log.
 *
 * @throws {FileError} if the folder holds something else
 * @throws {Error} in the words of PGlite, or of the operating system, when the files cannot be used
 */
export async function openPglite(directory: string, lock: FilesLock): Promise<EmbeddedPostgres> {
  const dataDir = join(directory, 'cluster');
  const isComplete = (await lookInto(directory)) === 'complete';
  if (isComplete) await checkVersion(directory, dataDir);
  const database = isComplete
    ? await PGlite.create({ dataDir })
    : await createCluster(directory, dataDir);
  return sessionOf(database, lock.release);
}

/** Opens an empty database that is gone when it is closed. */
export async function openInMemory(): Promise<EmbeddedPostgres> {
  const { dataDir: emptyCluster } = await import('@electric-sql/pglite-prepopulatedfs');
  return sessionOf(await PGlite.create({ loadDataDir: await emptyCluster() }), () => {});
}

async function sessionOf(database: PGlite, release: () => void): Promise<EmbeddedPostgres> {
  async function execute(messages: Buffer): Promise<Buffer> {
    const answer: Buffer[] = [];
    // What is handed out lies in the memory of the WebAssembly and is about to be overwritten.
    await database.execProtocolRawStream(messages, {
      onRawData: (bytes) => void answer.push(Buffer.from(bytes)),
    });
    return Buffer.concat(answer);
  }

  const greeting = await execute(startupMessage());
  return {
    greet: async () => greeting,
    execute,
    async close() {
      await database.close();
      release();
    },
  };
}
