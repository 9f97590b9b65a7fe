import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCloudError } from '@chorus/emulator-files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SavedFunction } from './parse-saved-functions.ts';
import { openSavedFunctions } from './saved-functions.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-saved-'));
  file = join(directory, 'lambda.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const version = (number: string) => ({
  version: number,
  environment: { MOOD: 'bright' },
  memoryMb: 128,
  timeoutSeconds: 5,
  description: 'words',
  latestDescription: '',
  revisionId: `revision-${number}`,
  lastModified: '2026-11-29T00:00:00.000+0000',
});
const live = {
  name: 'live',
  functionVersion: '1',
  weights: { 2: 0.5 },
  description: '',
  revisionId: 'revision',
};
const whole: SavedFunction = {
  environment: { MOOD: 'dark' },
  versions: [version('1'), version('2')],
  aliases: [live],
};

it('holds what was saved last of each function', async () => {
  const first = await openSavedFunctions(file);
  expect(first.saved).toEqual({});
  await Promise.all([
    first.save('one', { environment: {}, versions: [], aliases: [] }),
    first.save('two', whole),
    first.save('one', whole),
  ]);
  expect((await openSavedFunctions(file)).saved).toEqual({ one: whole, two: whole });
  expect(await readdir(directory)).toEqual(['lambda.json']);
});

it('holds weights from 0 to 1', async () => {
  const edges = { ...whole, aliases: [{ ...live, weights: { 1: 0, 2: 1 } }] };
  await (await openSavedFunctions(file)).save('one', edges);
  expect((await openSavedFunctions(file)).saved).toEqual({ one: edges });
});

it('does not hold a change that could not be written, whatever is saved afterwards', async () => {
  const functions = await openSavedFunctions(file);
  await functions.save('one', whole);
  // A folder in the way of the temporary file fails the write as a full disk does.
  await mkdir(`${file}.part`);
  await expect(functions.save('one', { ...whole, environment: {} })).rejects.toThrow(
    LocalCloudError,
  );
  expect((await openSavedFunctions(file)).saved).toEqual({ one: whole });
  await rm(`${file}.part`, { recursive: true });
  await functions.save('two', whole);
  expect((await openSavedFunctions(file)).saved).toEqual({ one: whole, two: whole });
});

describe('a file that is not what was saved', () => {
  const saved = (change: object) => JSON.stringify({ one: { ...whole, ...change } });
  const text = JSON.stringify({ one: whole });

  it.each([
    ['empty', ''],
    ['cut', text.slice(0, -20)],
    ['null', 'null'],
    ['a list', '[]'],
    ['text', '"lambda"'],
    ['of null functions', '{"one":null}'],
    ['without versions', saved({ versions: undefined })],
    ['without aliases', saved({ aliases: undefined })],
    ['without variables', saved({ environment: undefined })],
    ['with a list of variables', saved({ environment: [] })],
    ['with a variable that is no text', saved({ environment: { MOOD: 1 } })],
    ['with a variable that loads code', saved({ environment: { NODE_OPTIONS: '--import=x' } })],
    ['with a version that is no object', saved({ versions: [1] })],
    ['with a version of no number', saved({ versions: [version('one')], aliases: [] })],
    ['with versions out of order', saved({ versions: [version('2'), version('1')] })],
    ['with a version twice', saved({ versions: [version('1'), version('1')], aliases: [] })],
    ['with an image that has no name', saved({ image: 1 })],
    ['with no memory', saved({ versions: [{ ...version('1'), memoryMb: 0 }], aliases: [] })],
    [
      'with a timeout in words',
      saved({ versions: [{ ...version('1'), timeoutSeconds: '5' }], aliases: [] }),
    ],
    ['with a weight below 0', saved({ aliases: [{ ...live, weights: { 2: -0.1 } }] })],
    ['with a weight in words', saved({ aliases: [{ ...live, weights: { 2: '0.1' } }] })],
    ['with a weight above 1', saved({ aliases: [{ ...live, weights: { 2: 1.1 } }] })],
    ['with an alias of no version', saved({ aliases: [{ ...live, functionVersion: '3' }] })],
    ['with a weight of no version', saved({ aliases: [{ ...live, weights: { 3: 0.1 } }] })],
    ['with an alias without a name', saved({ aliases: [{ ...live, name: undefined }] })],
  ])('%s: one line names it, and it is left as it is', async (_, content) => {
    await writeFile(file, content);
    const error = await openSavedFunctions(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LocalCloudError);
    const message = error instanceof Error ? error.message : '';
    expect(message).toContain(file);
    expect(message).toMatch(/move it elsewhere/);
    expect(message).not.toContain('\n');
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('cannot be a folder either', async () => {
    await mkdir(file);
    await expect(openSavedFunctions(file)).rejects.toThrow(LocalCloudError);
  });
});
