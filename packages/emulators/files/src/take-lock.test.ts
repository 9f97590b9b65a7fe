import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeLock } from './take-lock.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-lock-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('is one holder’s at a time, and is given back once', () => {
  const file = join(folder, 'here');
  const release = takeLock(file);
  expect(release).toBeDefined();
  expect(takeLock(file)).toBeUndefined();
  release?.();
  release?.();
  const next = takeLock(file);
  expect(next).toBeDefined();
  next?.();
});

it('stays with a process that is stopped, and goes with one that is killed', async () => {
  const file = join(folder, 'elsewhere');
  const script = `
    const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, 'take-lock.ts'))});
    console.log(takeLock(${JSON.stringify(file)}) !== undefined);
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  expect(line).toBe('true');
  child.kill('SIGSTOP');
  expect(takeLock(file)).toBeUndefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const release = takeLock(file);
  expect(release).toBeDefined();
  release?.();
});

it('says what is wrong with a file that cannot be one', () => {
  expect(() => takeLock(folder)).toThrow(/unable to open database file/);
});
