import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DataRules } from '../rules.ts';

/** Makes a folder for the files of the running test, which is removed when the test ends. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'data-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** Writes a file into a new folder and returns its path. */
export async function file(content: string | Uint8Array, name = 'rows'): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}

/** Rules of two features, the second a category, and a price. */
export const rules: DataRules = {
  columns: [
    { name: 'rooms', kind: 'number', minimum: 1, maximum: 20 },
    { name: 'Kind', kind: 'category', categories: ['house', 'flat'] },
  ],
  target: { name: 'price', kind: 'number' },
  rows: { minimum: 2, maximum: 1000 },
  bytes: { maximum: 1_000_000 },
};
