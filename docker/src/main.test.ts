import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from './testing/temporary-folder.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, 'main.ts');
const folder = temporaryFolder();

/** Runs the command where no program is on PATH. */
const failing = async (...arguments_: string[]): Promise<Record<string, unknown>> => {
  const options = { cwd: folder, env: { PATH: folder } };
  return run(process.execPath, [main, ...arguments_], options).catch((error) => error);
};

it('build ends with one clear sentence where there is no engine', async () => {
  const { code, stderr } = await failing('build');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Images need a container engine, and there is none: install and start Docker [^\n]*\n$/,
  );
});

it.each([
  [[], /^usage/],
  [['push'], /^usage/],
  [['bundle', '--platform', 'darwin/arm64'], /^The platform darwin\/arm64 is none of Lambda's/],
  [['bundle'], /cannot be bundled/],
])('%j ends with what is wrong', async (arguments_, message) => {
  const { code, stderr } = await failing(...arguments_);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});
