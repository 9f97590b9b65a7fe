import { mkdtempSync, readdirSync } from 'node:fs';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBucket, deleteBucket } from './buckets.ts';
import { openStore } from './open-store.ts';
import { clearAway, type Store } from './store.ts';
import { abortUpload, createUpload } from './uploads.ts';

// Test files share modules: these are loaded anew, before and after, so that they see what is mocked and no other file does.
vi.hoisted(() => vi.resetModules());
afterAll(() => {
  vi.resetModules();
});

const disk = vi.hoisted(() => ({ underWay: 0 }));

// A disk that takes its time to remove something.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  return {
    ...real,
    async rm(...given: Parameters<typeof real.rm>) {
      disk.underWay += 1;
      for (let turn = 0; turn < 20; turn += 1) await setImmediate();
      await real.rm(...given);
      disk.underWay -= 1;
    },
  };
});

let directory: string;
let store: Store;
const beginIn = (bucket: string) =>
  createUpload(store, { bucket, key: 'k', initiated: 2, headers: {}, metadata: {} });
const on = (folder: string): readonly string[] => readdirSync(join(directory, folder));

beforeEach(async () => {
  disk.underWay = 0;
  directory = mkdtempSync(join(tmpdir(), 'store-'));
  store = await openStore(directory);
  for (const name of ['one', 'two']) await createBucket(store, name, { created: 1, region: 'r' });
});
afterEach(async () => {
  const { rm } = await vi.importActual<typeof files>('node:fs/promises');
  await rm(directory, { recursive: true });
});

it('a bucket goes with the uploads into it, and no others', async () => {
  const [own, other] = [await beginIn('one'), await beginIn('two')];
  await deleteBucket(store, 'one');
  expect(disk.underWay).toBe(0);
  expect([on('buckets'), on('uploads'), on('incoming')]).toEqual([['two'], [other.id], []]);
  expect([...store.uploads.keys()]).toEqual([other.id]);
  expect(store.uploads.has(own.id)).toBe(false);
});

it('an upload that is given up is gone when that is said', async () => {
  const upload = await beginIn('one');
  await abortUpload(store, upload);
  expect(disk.underWay).toBe(0);
  expect([on('uploads'), on('incoming')]).toEqual([[], []]);
});

it('what nothing refers to is gone when the store is open', async () => {
  const upload = await beginIn('one');
  store.uploads.clear();
  await deleteBucket(store, 'one');
  expect(on('uploads')).toEqual([upload.id]);
  const again = await openStore(directory);
  expect(disk.underWay).toBe(0);
  expect([on('uploads'), on('incoming'), again.uploads.size]).toEqual([[], [], 0]);
});

it('what cannot be removed is a warning, and no error', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const { path } = await beginIn('one');
  // A file is no folder, so nothing is below it to be taken away.
  await clearAway(store, join(path, 'upload.json', 'below'));
  expect(warned.mock.calls).toEqual([
    [expect.stringMatching(/^not removed before the next start: /)],
  ]);
  warned.mockRestore();
});
