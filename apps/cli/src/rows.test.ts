import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRows } from './rows.ts';

const example = { CRIM: 0.1, RM: 6 };
const nothing = () => Readable.from([]);
const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

async function temporaryFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-cli-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'rows.json');
  await writeFile(file, text);
  return file;
}

describe('findRows', () => {
  it('takes a row, rows, a row by position, or a whole body as the argument', async () => {
    const bodyOf = async (argument: string) =>
      (await findRows({ argument, set: [] }, nothing(), example)).body;
    expect(await bodyOf('{"CRIM":1}')).toEqual({ CRIM: 1 });
    expect(await bodyOf('[{"CRIM":1},[2,3]]')).toEqual({ instances: [{ CRIM: 1 }, [2, 3]] });
    expect(await bodyOf('[1,2,null]')).toEqual({ instances: [[1, 2, null]] });
    expect(await bodyOf('[]')).toEqual({ instances: [] });
    expect(await bodyOf('{"instances":[[1]],"parameters":{"timeout":5}}')).toEqual({
      instances: [[1]],
      parameters: { timeout: 5 },
    });
  });

  it('hands any row on as it is, whatever its features are called', async () => {
    const row = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.constant(null)), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(row, async (given) => {
        const argument = JSON.stringify(given);
        const { body } = await findRows({ argument, set: [] }, nothing(), example);
        expect(JSON.stringify(body)).toBe(argument);
      }),
    );
  });

  it('reads a file', async () => {
    const file = await temporaryFile('[{"RM":5}]');
    expect(await findRows({ file, set: [] }, nothing(), example)).toEqual({
      body: { instances: [{ RM: 5 }] },
      origin: file,
    });
  });

  it('says so when the file is missing, empty or not JSON', async () => {
    const empty = await temporaryFile(' \n');
    const broken = await temporaryFile('{"RM":');
    await expect(findRows({ file: '/no/such', set: [] }, nothing(), example)).rejects.toThrow(
      'Cannot read /no/such: ENOENT',
    );
    await expect(findRows({ file: empty, set: [] }, nothing(), example)).rejects.toThrow('No rows');
    await expect(findRows({ file: broken, set: [] }, nothing(), example)).rejects.toThrow(
      `Not valid JSON in ${broken}`,
    );
  });

  it('reads stdin when it is a pipe, or when it is asked to', async () => {
    const piped = () => Readable.from(['{"RM"', ':5}']);
    const expected = { body: { RM: 5 }, origin: 'stdin' };
    expect(await findRows({ set: [] }, piped(), example)).toEqual(expected);
    expect(await findRows({ argument: '-', set: [] }, piped(), example)).toEqual(expected);
    expect(await findRows({ file: '-', set: [] }, piped(), example)).toEqual(expected);
  });

  it('puts a letter together that two chunks share', async () => {
    const bytes = Buffer.from('{"é":1}');
    const split = Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
    expect((await findRows({ set: [] }, split, example)).body).toEqual({ é: 1 });
  });

  it('takes the example when stdin is a terminal or empty', async () => {
    const expected = { body: example, origin: 'the example row' };
    expect(await findRows({ set: [] }, terminal(), example)).toEqual(expected);
    expect(await findRows({ set: [] }, nothing(), example)).toEqual(expected);
  });

  it('gives up on a pipe that stays silent', async () => {
    const silent = new PassThrough();
    await expect(findRows({ set: [] }, silent, example, 5)).rejects.toThrow(
      'Nothing came on stdin',
    );
  });

  it('asks for rows when the workflow has no example', async () => {
    await expect(findRows({ set: [] }, nothing(), undefined)).rejects.toThrow('No rows: give them');
    await expect(findRows({ argument: '-', set: [] }, nothing(), example)).rejects.toThrow(
      'No rows in stdin',
    );
  });

  it('sets values in the example and in every row, as numbers where they read as such', async () => {
    const set = ['RM=-8.5', 'CRIM=low', 'NEW=1e3'];
    const changed = { RM: -8.5, CRIM: 'low', NEW: 1000 };
    expect(await findRows({ set }, nothing(), example)).toEqual({
      body: changed,
      origin: 'the example row with RM=-8.5, CRIM=low, NEW=1e3',
    });
    const argument = '{"instances":[{"RM":1},{"B":2}],"parameters":{}}';
    expect((await findRows({ argument, set }, nothing(), example)).body).toEqual({
      instances: [changed, { B: 2, ...changed }],
      parameters: {},
    });
  });

  it('cannot set values in rows without names', async () => {
    const given = { argument: '[[1,2]]', set: ['RM=1'] };
    await expect(findRows(given, nothing(), example)).rejects.toThrow(
      '--set needs rows with names',
    );
  });

  it.each([
    ['RM=5', 'Not valid JSON in the argument', 'To change a value: --set RM=5'],
    ['rows.json', 'Not valid JSON in the argument', 'To read a file: --file rows.json'],
    ['5', 'Expected a row', 'got 5'],
    ['null', 'Expected a row', 'got null'],
  ])('refuses %s', async (argument, problem, detail) => {
    const finding = findRows({ argument, set: [] }, nothing(), example);
    await expect(finding).rejects.toThrow(problem);
    await expect(finding).rejects.toThrow(detail);
  });

  it('refuses rows from two places', async () => {
    const given = { argument: '{}', file: 'rows.json', set: [] };
    await expect(findRows(given, nothing(), example)).rejects.toThrow('not both');
  });
});
