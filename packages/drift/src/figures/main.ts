/**
 * Measures how often windows without drift raise an alarm, and how often a shift is told, with fresh samples of the training and of the window each time.
 * `npx -y pnpm@12 exec node packages/drift/src/figures/main.ts [trainings] [seed] [rows …]`: a quarter of a second each.
 */

import { judgeFeature } from '../judge.ts';
import { type Random, randomFrom } from '../resample.ts';
import { summariseNumbers, withThresholds } from '../summarise.ts';
import { columns, countsOf, draw, plain } from './samples.ts';

const [trainings = 300, seed = 1, ...sizes] = process.argv.slice(2).map(Number);

type Reference = ReturnType<typeof summariseNumbers>;

const among = columns.length;
const verdictOf = (reference: Reference, values: Float64Array) =>
  judgeFeature(reference, countsOf(reference, values), { rows: reference.rows ?? 1, among });

/** @returns reasons of the alarms, one line for each window with any */
function alarmsOf(window: number, references: readonly Reference[], random: Random) {
  return columns.flatMap((of, at) => {
    const reference = references[at];
    if (reference === undefined) return [];
    return verdictOf(reference, draw(window, of, random)).because.map((why) => `${at}:${why}`);
  });
}

for (const rows of sizes.length > 0 ? sizes : [404, 506, 1000, 5000]) {
  const random = randomFrom(seed * 7919 + rows);
  const alarms = new Map<number, number>();
  const reasons = new Map<string, number>();
  let told = 0;
  for (let training = 0; training < trainings; training += 1) {
    const references = withThresholds(
      columns.map((of, at) => summariseNumbers(`c${at}`, draw(rows, of, random))),
      among,
    );
    for (const window of [300, 1000, 3000]) {
      const found = alarmsOf(window, references, random);
      if (found.length > 0) alarms.set(window, (alarms.get(window) ?? 0) + 1);
      for (const each of found) reasons.set(each, (reasons.get(each) ?? 0) + 1);
    }
    const [first] = references;
    if (first === undefined) continue;
    // Of the shift the column's own standard deviation is 1.
    for (let again = 0; again < 5; again += 1) {
      const shifted = draw(1000, plain, random).map((value) => value + 0.3);
      if (verdictOf(first, shifted).verdict === 'drift') told += 1;
    }
  }
  const percent = (count = 0, of = trainings) => `${((100 * count) / of).toFixed(2)} %`;
  const line = {
    rows,
    ...Object.fromEntries([300, 1000, 3000].map((n) => [`alarms ${n}`, percent(alarms.get(n))])),
    'told 0.3 sd, 1000': percent(told, trainings * 5),
    // Column and reason, those with most alarms.
    because: [...reasons].sort(([, a], [, b]) => b - a).slice(0, 9),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
