import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive } from './is-alive.ts';

it('tells a process that runs, also another user’s, from one that has ended', async () => {
  expect(isAlive(process.pid)).toBe(true);
  // The first process of the machine: root’s.
  expect(isAlive(1)).toBe(true);
  const child = spawn(process.execPath, ['--eval', '']);
  const { pid = 0 } = child;
  await once(child, 'exit');
  expect(isAlive(pid)).toBe(false);
});
