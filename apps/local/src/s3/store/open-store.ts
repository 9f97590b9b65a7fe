import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBucket } from './buckets.ts';
import type { Store } from './store.ts';
import { loadUpload } from './uploads.ts';

/**
 * Opens the store in `directory`, creating it if need be, and drops what a killed process left half-written.
 * @throws {Error} when a file in it was not written by this store, naming the file.
 */
export async function openStore(directory: string): Promise<Store> {
  await rm(join(directory, 'incoming'), { recursive: true, force: true });
  for (const name of ['buckets', 'uploads', 'incoming']) {
    await mkdir(join(directory, name), { recursive: true });
  }
  const store: Store = { directory, buckets: new Map(), uploads: new Map() };
  for (const name of await readdir(join(directory, 'buckets'))) {
    store.buckets.set(name, await loadBucket(store, name));
  }
  for (const id of await readdir(join(directory, 'uploads'))) {
    const upload = await loadUpload(store, id);
    if (upload !== undefined) store.uploads.set(id, upload);
  }
  return store;
}
