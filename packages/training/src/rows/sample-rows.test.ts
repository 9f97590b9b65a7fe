import { expect, it } from 'vitest';
import { sampleRows } from './sample-rows.ts';

const numbers = (first: number, end: number) => {
  const target = Float64Array.from({ length: end - first }, (_, index) => first + index);
  return { columns: ['x'], features: target.map((value) => 2 * value), target };
};

function sampleOf(size: number, seed: number, ...bounds: number[]) {
  const sample = sampleRows(['x'], size, seed);
  bounds.slice(1).forEach((end, index) => {
    sample.add(numbers(bounds[index] ?? 0, end));
  });
  return sample.table();
}

it('has all rows in their order when there are no more than it takes', () => {
  expect(sampleOf(5, 0, 0, 2, 5)).toEqual(numbers(0, 5));
});

it('has different rows, each whole, and the same ones in pieces of any size', () => {
  const table = sampleOf(50, 3, 0, 1000);
  expect(new Set(table.target).size).toBe(50);
  expect(table.features).toEqual(table.target.map((value) => 2 * value));
  expect(sampleOf(50, 3, 0, 1, 49, 51, 700, 1000)).toEqual(table);
  expect(sampleOf(50, 4, 0, 1000)).not.toEqual(table);
});

it('takes early and late rows alike', () => {
  const counts = new Float64Array(10);
  for (let seed = 0; seed < 200; seed++) {
    for (const row of sampleOf(50, seed, 0, 1000).target) {
      const tenth = Math.floor(row / 100);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
  }
  // 1,000 are expected, with a deviation of 30.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
