import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSavedFunctions } from '@chorus/emulator-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetUnknown } from './forget-unknown.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-functions-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const known = (name: string) => ({
  name,
  program: () => ({ command: '', arguments: [], environment: {} }),
  memoryMb: 128,
  timeoutSeconds: 1,
  concurrency: 1,
  environment: {},
});

it('drops what was created and the blueprint does not name, once, and says so', async () => {
  const file = join(directory, 'lambda.json');
  const empty = { environment: {}, versions: [], aliases: [] };
  const state = await openSavedFunctions(file);
  await state.save('created', { ...empty, image: 'chorus-tiny:local' });
  await state.save('named', { ...empty, image: 'chorus-tiny:local' });
  await state.save('of-another-branch', empty);
  const lines: string[] = [];
  const forget = async () =>
    forgetUnknown(await openSavedFunctions(file), [known('named')], (line) => lines.push(line));
  await forget();
  expect(Object.keys((await openSavedFunctions(file)).saved)).toEqual([
    'named',
    'of-another-branch',
  ]);
  await forget();
  expect(lines).toEqual([
    'Dropped the function created: it was created from chorus-tiny:local during an earlier start, and the blueprint does not name it.',
  ]);
});
