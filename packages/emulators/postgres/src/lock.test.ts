import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lockFiles } from './lock.ts';

let folder: string;
let directory: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  directory = join(folder, 'data');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

it('waits for one that is about to let go', async () => {
  const first = await lockFiles(directory);
  const second = lockFiles(directory);
  first.release();
  (await second).release();
  expect(await readFile(`${directory}.pid`, 'utf8')).toBe(String(process.pid));
});

it('gives up after three seconds, and names who keeps the files', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const first = await lockFiles(directory);
  let isOver = false;
  const second = lockFiles(directory).finally(() => {
    isOver = true;
  });
  const refused = expect(second).rejects.toMatchObject({
    name: 'FileError',
    message: expect.stringContaining(
      `${directory} is in use by another process (${process.pid}), and two would destroy it`,
    ),
  });
  vi.advanceTimersByTime(3000);
  expect(isOver).toBe(false);
  vi.advanceTimersByTime(1);
  await refused;
  first.release();
  (await lockFiles(directory)).release();
});
