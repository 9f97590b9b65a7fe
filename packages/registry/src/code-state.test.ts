import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { codeState } from './code-state.ts';

const run = promisify(execFile);

async function repository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'code-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it('names the commit of a folder, and whether its files have been changed since', async () => {
  const folder = await repository();
  const git = (...words: readonly string[]) =>
    run('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words]);
  await git('init');
  expect(await codeState(folder)).toBeUndefined();
  await writeFile(join(folder, 'recipe.ts'), 'trees: 100');
  await git('add', '.');
  await git('commit', '-m', 'a recipe');
  await writeFile(join(folder, 'notes.txt'), 'not part of it');
  const commit = (await git('rev-parse', 'HEAD')).stdout.trim();
  expect(await codeState(folder)).toEqual({ commit, dirty: false });
  await writeFile(join(folder, 'recipe.ts'), 'trees: 200');
  expect(await codeState(folder)).toEqual({ commit, dirty: true });
});

it('names none of a copy without history', async () => {
  expect(await codeState(await repository())).toBeUndefined();
});
