import { expect, it } from 'vitest';
import { columns, countsOf, draw, plain } from './figures/samples.ts';
import { judgeFeature } from './judge.ts';
import { randomFrom } from './resample.ts';
import { summariseNumbers, withThresholds } from './summarise.ts';

/** Rows of the training and held out, in each of the samples. */
const rows = 506;
const trainings = 8;

it('without drift, a column is above a threshold as often as it may, with a new training and a new window each time', () => {
  const random = randomFrom(5);
  let alarms = 0;
  let judged = 0;
  for (let training = 0; training < trainings; training += 1) {
    for (const of of columns) {
      // Judged alone, so that alarms are often enough to be counted: 0.5 % and what the rules of quality add.
      const among = 1;
      const [reference] = withThresholds([summariseNumbers('x', draw(rows, of, random))], among);
      if (reference === undefined) throw new Error('there is one');
      for (const window of [300, 1000, 3000]) {
        const counts = countsOf(reference, draw(window, of, random));
        judged += 1;
        if (judgeFeature(reference, counts, { rows, among }).verdict !== 'no drift') alarms += 1;
      }
    }
  }
  expect(judged).toBe(336);
  expect(alarms).toBeLessThanOrEqual(5);
});

it('a shift of one of 14 columns by 0.3 standard deviations is told 95 times in 100, with a new training each time', () => {
  const random = randomFrom(6);
  const among = columns.length;
  let told = 0;
  for (let training = 0; training < trainings; training += 1) {
    const [reference] = withThresholds([summariseNumbers('x', draw(rows, plain, random))], among);
    if (reference === undefined) throw new Error('there is one');
    for (let window = 0; window < 20; window += 1) {
      const shifted = draw(1000, plain, random).map((value) => value + 0.3);
      const verdict = judgeFeature(reference, countsOf(reference, shifted), { rows, among });
      if (verdict.verdict === 'drift') told += 1;
    }
  }
  expect(told).toBeGreaterThanOrEqual(0.95 * trainings * 20);
});
