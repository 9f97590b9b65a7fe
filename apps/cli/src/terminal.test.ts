import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Given, terminalOf } from './terminal.ts';

const example = { text: 'an example' };
const nothing: Given = { argument: undefined, file: undefined, set: [], at: undefined };
/** The first bytes of a JPEG. */
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-terminal-'));
  await writeFile(join(folder, 'note.txt'), 'from a file');
  await writeFile(join(folder, 'row.json'), '{"a":1}');
  await writeFile(join(folder, 'small.jpg'), jpeg);
});
afterAll(() => rm(folder, { recursive: true }));

/** Returns the terminal of a command line, and what was written to stderr. */
function terminal(given: Partial<Given>, typed = '', asked: object = example) {
  const stderr = new PassThrough();
  const stdin = Readable.from(typed === '' ? [] : [Buffer.from(typed)]);
  const io = { stdin, stdout: new PassThrough(), stderr, env: { INIT_CWD: folder } };
  const api = { url: 'http://127.0.0.1:1' };
  const notes = () => {
    stderr.end();
    return text(stderr);
  };
  return { ...terminalOf({ ...nothing, ...given }, { example: { ...asked } }, api, io), notes };
}

describe('a text', () => {
  it.each<[string, Partial<Given>, string, string]>([
    ['is the argument itself', { argument: 'note.txt' }, '', 'note.txt'],
    ['is in a file, from where the person is', { file: 'note.txt' }, '', 'from a file'],
    ['comes from stdin for - as the argument', { argument: '-' }, 'typed', 'typed'],
    ['comes from stdin for - as the file', { file: '-' }, 'typed', 'typed'],
  ])('%s', async (_, given, typed, expected) => {
    const { text: find, notes } = terminal(given, typed);
    expect(await find()).toEqual({ text: expected });
    expect(await notes()).toBe('');
  });

  it('is the example when none is given, which is said', async () => {
    const { text: find, notes } = terminal({});
    expect(await find()).toEqual(example);
    expect(await notes()).toBe('No text given: asking about the example\n');
  });
});

describe('a photo', () => {
  it.each<[string, Partial<Given>]>([
    ['an argument', { argument: 'small.jpg' }],
    ['a file', { file: 'small.jpg' }],
  ])('is read from %s', async (_, given) => {
    expect(await terminal(given).photo(100)).toEqual({ image: jpeg.toString('base64') });
  });

  it('goes inside the request up to the size that the request says', async () => {
    expect(await terminal({ file: 'small.jpg' }).photo(jpeg.length)).toHaveProperty('image');
    await expect(terminal({ file: 'small.jpg' }).photo(jpeg.length - 1)).rejects.toThrow(
      'No answer from http://127.0.0.1:1/uploads',
    );
  });

  it('is the example when none is given, which is said', async () => {
    const { photo, notes } = terminal({});
    expect(await photo(100)).toEqual(example);
    expect(await notes()).toBe('No photo given: asking about the example\n');
  });
});

describe('rows', () => {
  it.each<[string, Partial<Given>, string]>([
    ['an argument', { argument: '{"a":1}' }, ''],
    ['a file', { file: 'row.json' }, ''],
    ['stdin', {}, '{"a":1}'],
  ])('come from %s', async (_, given, typed) => {
    const { json, notes } = terminal(given, typed);
    expect(await json()).toEqual({ a: 1 });
    expect(await notes()).toBe('');
  });

  it.each([
    [389, ''],
    [390, '…'],
  ])(
    'are shown when they are the example, at most 400 characters (%i in a text)',
    async (size, end) => {
      const row = { text: 'x'.repeat(size) };
      const { json, notes } = terminal({}, '', row);
      expect(await json()).toEqual(row);
      const shown = JSON.stringify(row).slice(0, 400) + end;
      expect(await notes()).toBe(`No rows given: asking about the example row, ${shown}\n`);
    },
  );
});

it.each(['text', 'photo', 'json'] as const)('refuses %s of two places', async (kind) => {
  const { text: asText, photo, json } = terminal({ argument: 'a', file: 'b' });
  const asked = { text: asText, photo: () => photo(100), json };
  await expect(asked[kind]()).rejects.toThrow('either as an argument or with --file, not both');
});

it('has a place only where one is given', () => {
  expect(terminal({}).place()).toBeUndefined();
  expect(terminal({ at: '52.5,-13' }).place()).toEqual({ lat: 52.5, lon: -13 });
});
