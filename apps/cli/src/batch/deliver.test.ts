import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './deliver.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-answers-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the folder of answers', () => {
  it('is made with those above it, and has nothing in it', async () => {
    const path = join(folder, 'deep/inside');
    await makeFolder({ kind: 'file', path });
    expect(await readdir(path)).toEqual([]);
  });

  it.each(['rows.csv', 'rows.csv/answers'])('is none where a file is: %s', async (name) => {
    await writeFile(join(folder, 'rows.csv'), '');
    const made = makeFolder({ kind: 'file', path: join(folder, name) });
    await expect(made).rejects.toThrow(/^Cannot write answers into .*: E.* --to answers\/$/);
    expect(await readdir(folder)).toEqual(['rows.csv']);
  });
});
