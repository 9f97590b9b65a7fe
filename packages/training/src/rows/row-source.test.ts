import { expect, it } from 'vitest';
import { friedmanRows, inPieces } from '../testing/many-rows.ts';
import { collectRows } from './row-source.ts';

const table = friedmanRows(10, 1);

it('puts the pieces of a source together', async () => {
  expect(await collectRows(inPieces(table, 3))).toEqual(table);
});

it('refuses a source that has more or fewer rows than it says', async () => {
  const source = inPieces(table, 3);
  await expect(collectRows({ ...source, rows: 11 })).rejects.toThrow('fewer than the 11');
  await expect(collectRows({ ...source, rows: 9 })).rejects.toThrow('more than the 9');
});

it('counts rows from the first of the source when it refuses one', async () => {
  const features = table.features.slice();
  features[8 * 7 + 2] = Number.NaN;
  await expect(collectRows(inPieces({ ...table, features }, 3))).rejects.toThrow('Row 8, column c');
  const target = table.target.slice();
  target[7] = Number.POSITIVE_INFINITY;
  await expect(collectRows(inPieces({ ...table, target }, 3))).rejects.toThrow('target of row 7');
});
