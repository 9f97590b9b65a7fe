import { describe, expect, it } from 'vitest';
import { referencesOf } from './reference.ts';

const table = {
  columns: ['x', 'y'],
  features: Float64Array.from([1, 5, 2, 5, 3, 5, 4, 5]),
  target: new Float64Array(4),
};

describe('the references of a training', () => {
  it('are of each feature, and of the answers, with thresholds by ascending rows', () => {
    const { reference, outputReference } = referencesOf([table], {
      name: 'price',
      values: Float64Array.from([7, 8]),
    });
    expect(reference).toMatchObject([
      { name: 'x', mean: 2.5, minimum: 1, maximum: 4, rows: 4 },
      { name: 'y', mean: 5, std: 0, edges: [], rows: 4 },
    ]);
    expect(outputReference).toMatchObject([{ name: 'price', mean: 7.5, rows: 2 }]);
    for (const { thresholds = [] } of [...reference, ...outputReference]) {
      const rows = thresholds.map((each) => each.rows);
      expect(rows.length).toBeGreaterThan(2);
      expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    }
  });

  it('of the features are of the rows held out too', () => {
    const heldOut = { ...table, features: Float64Array.from([9, 5]), target: new Float64Array(1) };
    const { reference } = referencesOf([table, heldOut], { name: 'p', values: new Float64Array() });
    expect(reference).toMatchObject([{ name: 'x', mean: 3.8, maximum: 9, rows: 5 }, { rows: 5 }]);
  });

  it('are without answers where no row was held out', () => {
    const { outputReference } = referencesOf([table], {
      name: 'price',
      values: new Float64Array(),
    });
    expect(outputReference).toEqual([]);
  });
});
