import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settler } from './settle.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-settle-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('settles for everyone who asks, at once or one after another', async () => {
  const file = join(directory, 'file');
  await writeFile(file, 'written');
  const settled = settler(file);
  await Promise.all(Array.from({ length: 50 }, () => settled()));
  await settled();
  await settled();
});

it('tells everyone when it cannot, and tries again for the next', async () => {
  const file = join(directory, 'file');
  const settled = settler(file);
  const asked = await Promise.allSettled([settled(), settled(), settled()]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await writeFile(file, 'written');
  await expect(settled()).resolves.toBeUndefined();
});
