import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bucket } from './buckets.ts';
import { createDraft, type Draft } from './stored-file.ts';
import type { Upload } from './uploads.ts';

/**
 * All of S3 on disk, with an index of it in memory (keys and footers, not bytes):
 *
 *     buckets/<bucket>/<key file>     objects, see key-file.ts and stored-file.ts
 *     uploads/<upload id>/<part>      parts of unfinished multipart uploads
 *     incoming/<uuid>                 drafts; emptied at start
 *
 * One process owns the folder. What decides (a condition holds, a name is free) and what it decides (a rename and the
 * index) happen in one synchronous step, so of many conditional writers exactly one wins.
 */
export interface Store {
  readonly directory: string;
  readonly buckets: Map<string, Bucket>;
  readonly uploads: Map<string, Upload>;
}

/** A path in the same file system as everything else, for what is not finished yet. */
export function incomingPath(store: Store): string {
  return join(store.directory, 'incoming', randomUUID());
}

/** Removes a folder in one step, so that a process killed half-way leaves none that is half empty. */
export function removeFolder(store: Store, path: string): void {
  const condemned = incomingPath(store);
  renameSync(path, condemned);
  rmSync(condemned, { recursive: true });
}

/** Starts a file that becomes an object or a part when it is committed. */
export function newDraft(store: Store): Promise<Draft> {
  return createDraft(incomingPath(store));
}

/** Reads a JSON file of the store's own; `undefined` when it does not exist. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`cannot read ${path}; move its folder elsewhere and start again`, {
      cause: error,
    });
  }
}
