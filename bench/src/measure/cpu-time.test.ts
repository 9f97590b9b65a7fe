import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:process';
import { expect, it } from 'vitest';
import { cpuTime, processTree } from './cpu-time.ts';

const hasProc = platform === 'linux';

it('counts the CPU time of this process, where the system tells', () => {
  const before = cpuTime(process.pid);
  const own = process.cpuUsage();
  while (process.cpuUsage(own).user < 20_000);
  const after = cpuTime(process.pid);
  expect(after === undefined).toBe(!hasProc);
  expect((after ?? 20) - (before ?? 0)).toBeGreaterThan(10);
});

it('knows nothing of a process that is not there', () => {
  expect(cpuTime(2 ** 30)).toBeUndefined();
});

it('finds children and grandchildren', async () => {
  const grandchild = `require('node:child_process').spawn(process.execPath,
    ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'], { stdio: 'inherit' })`;
  const child = spawn(process.execPath, ['-e', grandchild], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const tree = processTree(process.pid);
  const [, ...descendants] = processTree(child.pid ?? 0);
  for (const pid of descendants) process.kill(pid);
  child.kill();
  expect(descendants).toEqual(hasProc ? [Number(line)] : []);
  expect(tree[0]).toBe(process.pid);
  expect(tree.includes(child.pid ?? 0)).toBe(hasProc);
});
