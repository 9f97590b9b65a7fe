import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boston } from './boston.ts';
import { csvDataset, parseCsv } from './csv.ts';

const columns = { features: ['A', 'b'], target: 'price' };

describe('parseCsv', () => {
  it('finds columns by name, in any case and order, and leaves others alone', () => {
    const table = parseCsv('price, B ,note,a\r\n1,2,hello,4\r\n5,6.5e1,,8\r\n\r\n', columns);
    expect(table).toEqual({
      columns: ['A', 'b'],
      features: Float64Array.of(4, 2, 8, 65),
      target: Float64Array.of(1, 5),
    });
  });

  it.each([
    ['a,b\n1,2', "No column 'price'"],
    ['a,b,price\n1,2,3\n1,,3', "Line 3, column 'b': '' is not a number"],
    ['a,b,price\n1,NA,3', "Line 2, column 'b': 'NA' is not a number"],
    ['a,b,price\n1,NaN,3', "Line 2, column 'b': 'NaN' is not a number"],
    ['a,b,price\n1,2', 'Line 2 has 2 cells, the header 3'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCsv(text, columns)).toThrow(message);
  });

  it('reads back every number that was written', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number)), (rows) => {
        const table = parseCsv(
          `a,b,price\n${rows.map((row) => row.map(String)).join('\n')}`,
          columns,
        );
        // A text has no minus zero.
        expect([...table.target]).toEqual(rows.map(([, , y]) => Number(String(y))));
        expect([...table.features]).toEqual(
          rows.flatMap(([a, b]) => [a, b].map(String).map(Number)),
        );
      }),
    );
  });
});

it('loads the Boston data', async () => {
  const { table, sha256 } = await boston.load();
  expect(table.target.length).toBe(506);
  expect([...table.features.slice(0, 3)]).toEqual([0.00632, 18, 2.31]);
  expect(table.target.filter((price) => price === 50).length).toBe(16);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('says which data set cannot be read', async () => {
  const missing = csvDataset('absent', new URL('./absent.csv', import.meta.url), columns);
  await expect(missing.load()).rejects.toThrow("Cannot read the data set 'absent'");
});
