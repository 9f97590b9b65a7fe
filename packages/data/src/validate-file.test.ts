import { truncate } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { file, rules } from './testing/files.ts';
import { validateFile } from './validate-file.ts';

const validate = async (content: string | Uint8Array, given = rules) =>
  validateFile(await file(content), 'csv', given);

const good = 'price,Rooms,kind,note\n100,5,house,"a, b"\n200,6.5,flat,\n';

describe('validateFile', () => {
  it('describes what the columns of the rules hold', async () => {
    const report = await validate(`\uFEFF${good.replaceAll('\n', '\r\n')}\r\n`);
    expect(report).toMatchObject({
      ok: true,
      rows: 2,
      problems: [],
      duplicates: { rows: 0, share: 0, exact: true },
    });
    expect(report.columns).toEqual([
      {
        name: 'rooms',
        kind: 'number',
        ...{ values: 2, missing: 0, invalid: 0, minimum: 5, maximum: 6.5, mean: 5.75, std: 0.75 },
      },
      {
        name: 'Kind',
        kind: 'category',
        ...{ values: 2, missing: 0, invalid: 0, minimum: 0, maximum: 1, mean: 0.5, std: 0.5 },
        categories: [
          { value: 'house', rows: 1 },
          { value: 'flat', rows: 1 },
        ],
      },
      {
        name: 'price',
        kind: 'number',
        ...{ values: 2, missing: 0, invalid: 0, minimum: 100, maximum: 200, mean: 150, std: 50 },
      },
    ]);
  });

  it('names the rule, the column and the first rows of whatever is wrong, and counts them', async () => {
    const rows = ['many', '', '0', '21', '0x10', 'Infinity', 'NaN'].map(
      (rooms, row) => `${row},${rooms},house`,
    );
    const report = await validate(`price,rooms,kind\n${rows.join('\n')}\n8,5,castle\n9,5\n`);
    expect(report.ok).toBe(false);
    expect(report.rows).toBe(9);
    expect(report.problems).toEqual([
      {
        rule: 'number',
        column: 'rooms',
        message: "'rooms' must be a number",
        count: 3,
        first: [
          { row: 1, value: 'many' },
          { row: 5, value: '0x10' },
          { row: 6, value: 'Infinity' },
        ],
      },
      {
        rule: 'missing',
        column: 'rooms',
        message: "'rooms' must not be missing",
        count: 2,
        first: [
          { row: 2, value: '' },
          { row: 7, value: 'NaN' },
        ],
      },
      {
        rule: 'minimum',
        column: 'rooms',
        message: "'rooms' must be at least 1",
        count: 1,
        first: [{ row: 3, value: '0' }],
      },
      {
        rule: 'maximum',
        column: 'rooms',
        message: "'rooms' must be at most 20",
        count: 1,
        first: [{ row: 4, value: '21' }],
      },
      {
        rule: 'category',
        column: 'Kind',
        message: "'Kind' must be one of house, flat",
        count: 1,
        first: [{ row: 8, value: 'castle' }],
      },
      {
        rule: 'row',
        message: 'A row has another number of cells than the header, which has 3',
        count: 1,
        first: [{ row: 9, value: '9,5' }],
      },
    ]);
  });

  it('names five rows of a problem at most', async () => {
    const { problems } = await validate(`price,rooms,kind\n${'1,x,house\n'.repeat(20)}`);
    expect(problems[0]).toMatchObject({ rule: 'number', count: 20 });
    expect(problems[0]?.first.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5]);
  });

  it('lets values be missing where the rules do', async () => {
    const [rooms, kind] = rules.columns;
    const columns = [{ ...(rooms ?? rules.target), missing: true }, kind ?? rules.target];
    const report = await validate('price,rooms,kind\n1,,house\n2,NA,flat\n', { ...rules, columns });
    expect(report.problems).toEqual([]);
    expect(report.columns[0]).toMatchObject({ values: 0, missing: 2, minimum: null, mean: null });
  });

  it.each([
    ['nothing', '', [{ rule: 'format', message: 'The file is empty: it has no header' }]],
    [
      'a missing column',
      'cost,room,type\n1,5,house\n',
      [
        {
          rule: 'column-missing',
          column: 'rooms',
          message: "No column 'rooms'; the file has cost, room, type",
        },
        { rule: 'column-missing', column: 'Kind' },
        { rule: 'column-missing', column: 'price' },
      ],
    ],
    [
      'a column that is there twice',
      'price,rooms,kind,ROOMS\n1,5,house,5\n',
      [{ rule: 'column-repeated', column: 'rooms', message: "The file has column 'rooms' twice" }],
    ],
    ['semicolons', 'price;rooms;kind\n1;5;house\n', [{ rule: 'format' }]],
    ['quotes that are not closed', 'price,rooms,kind\n"1,5,house\n', [{ rule: 'format' }]],
    ['another encoding', Uint8Array.of(0xff, 0xfe, 0x70, 0), [{ rule: 'format' }]],
    ['too few rows', 'price,rooms,kind\n1,5,house\n', [{ rule: 'rows' }]],
    [
      'no rows',
      'price,rooms,kind',
      [{ rule: 'rows', message: '0 rows: there must be at least 2' }],
    ],
    [
      'one label',
      'price,rooms,kind\n24,5,house\n24,6,flat\n',
      [{ rule: 'constant-target', column: 'price' }],
    ],
  ])('says what is wrong with a file of %s', async (_, content, problems) => {
    const report = await validate(content);
    expect(report.ok).toBe(false);
    expect(report.problems).toMatchObject(problems);
    expect(report.problems).toHaveLength(problems.length);
  });

  it('looks at no more rows than the rules allow', async () => {
    const rows = ['1,5,house', '2,5,house', '3,5,house', '4,x,house'].join('\n');
    const report = await validate(`price,rooms,kind\n${rows}\n`, {
      ...rules,
      rows: { minimum: 1, maximum: 3 },
    });
    expect(report.rows).toBe(3);
    expect(report.problems).toMatchObject([{ rule: 'rows', first: [] }]);
  });

  it('does not read a file that has too many bytes', async () => {
    const path = await file('price,rooms,kind\n');
    await truncate(path, 2 ** 30);
    const report = await validateFile(path, 'csv', rules);
    expect(report).toMatchObject({
      ok: false,
      rows: 0,
      bytes: 2 ** 30,
      problems: [{ rule: 'bytes' }],
    });
  });

  it('counts rows that repeat another one, and refuses more than the rules allow', async () => {
    const content = 'price,rooms,kind\n1,5,house\n1,5.0,house\n2,5,house\n1,5,house\n';
    expect((await validate(content)).duplicates).toEqual({ rows: 2, share: 0.5, exact: true });
    const strict = { ...rules, duplicates: { maximumShare: 0.4 } };
    expect((await validate(content, strict)).problems).toMatchObject([{ rule: 'duplicates' }]);
  });

  it('fails where there is no file', async () => {
    await expect(validateFile('/nowhere/rows.csv', 'csv', rules)).rejects.toThrow('ENOENT');
  });
});
