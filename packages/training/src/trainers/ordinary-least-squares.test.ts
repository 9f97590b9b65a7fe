import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boston } from '../datasets/boston.ts';
import { fitRows } from '../rows/fit-rows.ts';
import type { Table } from '../table.ts';
import { friedmanRows, inPieces } from '../testing/many-rows.ts';
import { fitLinear, ordinaryLeastSquares } from './ordinary-least-squares.ts';

const inPiecesOf = (table: Table, size: number) =>
  fitRows(ordinaryLeastSquares, inPieces(table, size), {}, { seed: 0 });

/** The largest difference of predictions of a table's own rows. */
async function difference(table: Table, size: number): Promise<number> {
  const expected = fitLinear(table).predict(table.features);
  const actual = (await inPiecesOf(table, size)).predict(table.features);
  return expected.reduce((most, value, row) => {
    const apart = Math.abs(value - (actual[row] ?? NaN));
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
  }, 0);
}

it.each([1, 50, 506])('predicts the same of rows in pieces of %i', async (size) => {
  const { table } = await boston.load();
  expect(await difference(table, size)).toBeLessThan(1e-10);
});

it('predicts the same of more rows than it folds in at once', async () => {
  expect(await difference(friedmanRows(5000, 1), 4100)).toBeLessThan(1e-10);
});

it('predicts the same where columns repeat, are constant, or are more than the rows', async () => {
  const number = fc.integer({ min: -10, max: 10 });
  const tables = fc.record({
    rows: fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 12 }),
    size: fc.integer({ min: 1, max: 12 }),
    constant: number,
  });
  await fc.assert(
    fc.asyncProperty(tables, async ({ rows, size, constant }) => {
      const features = Float64Array.from(rows.flatMap(([a, b]) => [a, constant, b, a]));
      const target = Float64Array.from(rows, ([, , y]) => y);
      const table = { columns: ['a', 'constant', 'b', 'again'], features, target };
      expect(await difference(table, size)).toBeLessThan(1e-8);
    }),
  );
});

it('does not lose the digits of a column far from zero', async () => {
  const table = friedmanRows(300, 2);
  const far = { ...table, features: table.features.map((value) => value + 1e8) };
  const [near, moved] = [await inPiecesOf(table, 70), await inPiecesOf(far, 70)];
  // Features near 1e8 have eight digits left of a value below one.
  const expected = near.predict(table.features);
  moved.predict(far.features).forEach((value, row) => {
    expect(Math.abs(value - (expected[row] ?? NaN))).toBeLessThan(1e-5);
  });
});
