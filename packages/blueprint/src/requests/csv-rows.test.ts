import { compile, execute } from '@chorus/asl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonata } from '../jsonata.ts';
import { bodyOfCsv } from './csv-rows.ts';
import type { RowColumn } from './row-columns.ts';

/** Returns the instances that a CSV's rows make. */
async function instancesOf(
  columns: readonly RowColumn[],
  rows: readonly Readonly<Record<string, string>>[],
): Promise<{ text: string; instances: unknown }> {
  const Output = jsonata(`($rows := $states.input.rows; ${bodyOfCsv(columns)})`);
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'A',
    States: { A: { Type: 'Pass', Output, End: true } },
  };
  const machine = compile(definition, { checkStructure: false });
  const result = await execute(machine, { rows }, { runTask: () => Promise.reject() });
  if (result.status !== 'SUCCEEDED') throw new Error(result.cause);
  const text = String(result.output);
  return { text, instances: JSON.parse(text).instances };
}

const column = (name: string): RowColumn => ({ name, description: name });
const numbers: readonly RowColumn[] = [column('a'), column('b c')];
const mixed: readonly RowColumn[] = [
  column('n'),
  { ...column('i'), datatype: 'INT64' },
  { ...column('b'), datatype: 'BOOL' },
  { ...column('t'), datatype: 'BYTES' },
];

describe('the request of rows of a CSV', () => {
  it('has the numbers as they are written', async () => {
    const rows = [
      { a: '0.1234567890123456789', 'b c': '-1e-7', other: 'x' },
      { a: '0', 'b c': '12' },
    ];
    expect((await instancesOf(numbers, rows)).text).toBe(
      '{"instances":[[0.1234567890123456789,-1e-7],[0,12]]}',
    );
  });

  it('has any field as what its column holds, or as the text that it is', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        '1',
        '01',
        '+1',
        '1.',
        '-0',
        '1e5',
        'true',
        'null',
        '],[',
        '1,2',
        '"',
        '\\',
        '😀',
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    );
    const isNumber = (field: string) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(field);
    const read = {
      n: (field: string) => (isNumber(field) ? Number(field) : field === '' ? null : field),
      b: (field: string) =>
        field === 'true' || field === 'false' ? field === 'true' : field === '' ? null : field,
      t: (field: string) => field,
    };
    const row = fc.record({ n: text, i: text, b: text, t: text });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
        const { instances } = await instancesOf(mixed, rows);
        expect(instances).toEqual(
          rows.map(({ n, i, b, t }) => [read.n(n), read.n(i), read.b(b), read.t(t)]),
        );
        const plain = rows.map(({ n, i }) => ({ a: n, 'b c': i }));
        expect((await instancesOf(numbers, plain)).instances).toEqual(
          plain.map((each) => [read.n(each.a), read.n(each['b c'])]),
        );
      }),
    );
  });

  it('has null for a field that is not there', async () => {
    const { instances } = await instancesOf(numbers, [{ a: '1' }, { a: '2', 'b c': '3' }]);
    expect(instances).toEqual([
      [1, null],
      [2, 3],
    ]);
  });
});
