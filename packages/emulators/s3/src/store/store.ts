import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError } from '@chorus/emulator-files';
import { isMissing } from './folders.ts';
import type { BucketFacts, Part, StoredObject, UploadFacts } from './records.ts';
import { createDraft, type Draft } from './stored-file.ts';

/** A bucket and the index of its objects. */
export interface Bucket extends BucketFacts {
  readonly name: string;
  readonly path: string;
  readonly objects: Map<string, StoredObject>;
  /** Keys in listing order; dropped when a key comes or goes, built again by the next listing. */
  sortedKeys: readonly string[] | undefined;
}

/** An unfinished multipart upload and its parts, by number. */
export interface Upload extends UploadFacts {
  readonly id: string;
  readonly path: string;
  readonly parts: Map<number, Part>;
}

/**
 * All of S3 on disk, with an index of it in memory (keys and footers, not bytes):
 *
 *     buckets/<bucket>/<key file>     objects, see key-file.ts and stored-file.ts
 *     uploads/<upload id>/<part>      parts of unfinished multipart uploads
 *     incoming/<uuid>                 drafts; emptied at start
 *
 * One process owns the folder. What decides (a condition holds, a name is free) and what it decides (a rename and the
 * index) happen in one synchronous step, so of many conditional writers exactly one wins. The disk comes first and the
 * index after it: what is answered with an error is neither there nor there after a restart.
 */
export interface Store {
  readonly directory: string;
  readonly buckets: Map<string, Bucket>;
  readonly uploads: Map<string, Upload>;
  /** Uploads that are being put together, by id; settles when that has ended. */
  readonly completing: Map<string, Promise<unknown>>;
}

/** Returns a path in the same file system as everything else, for what is not finished yet. */
export function incomingPath(store: Pick<Store, 'directory'>): string {
  return join(store.directory, 'incoming', randomUUID());
}

/** Starts a file that becomes an object or a part when it is committed. */
export function newDraft(store: Store): Promise<Draft> {
  return createDraft(incomingPath(store));
}

/**
 * Takes a folder out of the store in one step, so that a process killed half-way leaves none that is half empty. One that
 * is gone already is fine.
 * @returns where it is now, to be cleared away
 */
export function condemn(store: Pick<Store, 'directory'>, path: string): string {
  const condemned = incomingPath(store);
  try {
    renameSync(path, condemned);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return condemned;
}

/**
 * Removes what nothing refers to any more. It never fails: what cannot be removed now is a warning to the operator, and
 * goes when the store is opened again.
 */
export async function clearAway(store: Pick<Store, 'directory'>, path: string): Promise<void> {
  try {
    await rm(condemn(store, path), { recursive: true, force: true });
  } catch (error) {
    const why = explainFileError(error, path).message;
    process.emitWarning(`not removed before the next start: ${why}`);
  }
}
