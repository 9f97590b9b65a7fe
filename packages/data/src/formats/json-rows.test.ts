import { describe, expect, it } from 'vitest';
import { file, rules } from '../testing/files.ts';
import { validateFile } from '../validate-file.ts';
import { jsonRows } from './json-rows.ts';

async function rowsOf(content: string, names: readonly string[]) {
  const found: unknown[] = [];
  for await (const rows of jsonRows(await file(content), names)) found.push(...rows);
  return found;
}

const validate = async (content: string) =>
  validateFile(await file(content), 'jsonl', { ...rules, bytes: { maximum: 2_000_000 } });

describe('JSON Lines', () => {
  it('are read by the names of fields, in any case and order, across pieces', async () => {
    const lines = Array.from({ length: 20_000 }, (_, row) =>
      JSON.stringify({ note: 'left "alone"\n', B: row, ' a ': String(row) }),
    );
    const rows = await rowsOf(lines.join('\r\n'), ['A', 'b']);
    expect(rows).toEqual(lines.map((_, row) => [String(row), row]));
  });

  it('may lack a field after the first row, which is missing then', async () => {
    expect(await rowsOf('{"a":null,"b":2}\n\n{"b":3}\n', ['a', 'b'])).toEqual([
      [null, 2],
      [null, 3],
    ]);
  });

  it('have numbers as numbers: a text is none', async () => {
    const { problems } = await validate(
      '{"price":1,"rooms":"5","kind":"house"}\n{"price":2,"rooms":true,"kind":7}\n[1,2]\n{"a"\n',
    );
    expect(problems).toMatchObject([
      { rule: 'number', column: 'rooms', count: 2, first: [{ value: '5' }, { value: 'true' }] },
      { rule: 'category', column: 'Kind', first: [{ row: 2, value: 7 }] },
      {
        rule: 'row',
        message: 'A row is no JSON object',
        count: 2,
        first: [{ row: 3 }, { row: 4 }],
      },
    ]);
  });

  it.each([
    ['a field that the first row lacks', '{"price":1,"room":5,"kind":"house"}', 'column-missing'],
    [
      'a field twice in another case',
      '{"price":1,"rooms":5,"Rooms":6,"kind":"x"}',
      'column-repeated',
    ],
    ['nothing', '\n\n', 'format'],
    ['a line without end', `{"price":"${'1'.repeat(1_000_001)}`, 'format'],
  ])('with %s are refused', async (_, content, rule) => {
    expect((await validate(content)).problems).toMatchObject([{ rule }]);
  });
});
