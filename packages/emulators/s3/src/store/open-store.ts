import type { Dirent } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError } from '@chorus/emulator-files';
import { isBucketName, loadBucket } from './buckets.ts';
import { clearAway, type Store } from './store.ts';
import { loadUpload } from './uploads.ts';

/**
 * Opens the store in `directory`, creating it if need be, and drops what a killed process left half-written. What
 * cannot be the store's, by its name (`.DS_Store`), is left alone.
 * @throws {FileError} naming the file that is damaged, was not written by this store, or cannot be used
 */
export async function openStore(directory: string): Promise<Store> {
  try {
    return await open(directory);
  } catch (error) {
    throw explainFileError(error, directory);
  }
}

async function open(directory: string): Promise<Store> {
  const list = async (name: string): Promise<Dirent[]> => {
    const folder = join(directory, name);
    await mkdir(folder, { recursive: true });
    return readdir(folder, { withFileTypes: true });
  };
  const store: Store = {
    directory,
    buckets: new Map(),
    uploads: new Map(),
    completing: new Map(),
  };
  for (const { name } of await list('incoming')) {
    if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) {
      await clearAway(store, join(directory, 'incoming', name));
    }
  }
  for (const entry of await list('buckets')) {
    if (!entry.isDirectory() || !isBucketName(entry.name)) continue;
    store.buckets.set(entry.name, await loadBucket(store, entry.name));
  }
  for (const entry of await list('uploads')) {
    if (!entry.isDirectory() || !/^[0-9a-f]{32}$/.test(entry.name)) continue;
    const upload = await loadUpload(store, entry.name);
    if (upload !== undefined) store.uploads.set(entry.name, upload);
  }
  return store;
}
