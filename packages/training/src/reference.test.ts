import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referenceOf } from './reference.ts';

const summarise = (values: readonly number[]) => {
  const features = Float64Array.from(values);
  return referenceOf({ columns: ['x'], features, target: new Float64Array(values.length) })[0];
};

it('cuts ten even values into ten bins', () => {
  const reference = summarise([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(reference).toMatchObject({ name: 'x', mean: 5.5, minimum: 1, maximum: 10 });
  expect(reference?.std).toBeCloseTo(Math.sqrt(8.25), 12);
  expect(reference?.edges).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(reference?.shares).toEqual(new Array(10).fill(0.1));
});

it('leaves no bin empty for a feature of two values, or of one', () => {
  expect(summarise([0, 0, 0, 1])).toMatchObject({ edges: [0], shares: [0.75, 0.25] });
  expect(summarise([7, 7])).toMatchObject({ edges: [], shares: [1], std: 0 });
});

it('puts every training value into a bin that is not empty, by x > edge', () => {
  const value = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.double({ min: -9, max: 9, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const { edges = [], shares = [] } = summarise(values) ?? {};
      const counts = new Array<number>(edges.length + 1).fill(0);
      for (const x of values) {
        const bin = edges.filter((edge) => x > edge).length;
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      expect(shares).toEqual(counts.map((count) => count / values.length));
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
    }),
  );
});
