import { expect, it } from 'vitest';
import { binsOfKinds, runLoad } from './drift-load/run-load.ts';

const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);

it('counts each request that was answered, and none twice, though processes are killed', async () => {
  const load = { count: 400, kills: '5%', seed: 7, report: () => {} };
  const { answered, killed, counted, again } = await runLoad(load);
  expect(sum(killed)).toBeGreaterThan(0);
  expect(sum(answered) + sum(killed)).toBe(400);
  const bins = binsOfKinds(counted);
  expect(bins).toHaveLength(answered.length);
  for (const [kind, bin] of bins.entries()) {
    expect(bin).toBeGreaterThanOrEqual(answered[kind] ?? 0);
    expect(bin).toBeLessThanOrEqual((answered[kind] ?? 0) + (killed[kind] ?? 0));
  }
  // Every column of a row is in one bin.
  for (const { bins: all } of Object.values(counted.inputs)) expect(sum(all)).toBe(counted.rows);
  // Counting twice is counting once; the request that the version was tried with does not count.
  expect(again).toEqual(counted);
  expect(counted.rows).toBe(sum(bins));
});
