import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Backend } from './bridge.ts';

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
 * Opens the database in `directory`, which is made and filled with an empty cluster when it is missing. After a kill
 * PostgreSQL recovers by its log.
 *
 * @throws {Error} in the words of PGlite when the files are damaged
 */
export async function openPglite(directory: string): Promise<EmbeddedPostgres> {
  const dataDir = join(directory, 'cluster');
  // The empty cluster is a thousand files; only with the last of them is it one.
  const complete = join(directory, 'complete');
  const isNew = !existsSync(complete) || !existsSync(dataDir);
  let database: PGlite;
  if (isNew) {
    const { dataDir: emptyCluster } = await import('@electric-sql/pglite-prepopulatedfs');
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    // Making one by initdb would take five seconds in WebAssembly.
    database = await PGlite.create({ dataDir, loadDataDir: await emptyCluster() });
    await writeFile(complete, '');
  } else database = await PGlite.create({ dataDir });

  async function execute(messages: Buffer): Promise<Buffer> {
    const answer: Buffer[] = [];
    // What is handed out lies in the memory of the WebAssembly and is about to be overwritten.
    await database.execProtocolRawStream(messages, {
      onRawData: (bytes) => void answer.push(Buffer.from(bytes)),
    });
    return Buffer.concat(answer);
  }

  const greeting = await execute(startupMessage());
  return { greet: async () => greeting, execute, close: () => database.close() };
}
