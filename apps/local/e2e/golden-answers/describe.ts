import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { TestCloud } from '../test-cloud.ts';
import { type Answers, answersOf } from './ask.ts';
import { questions } from './questions.ts';

/** Written by `node apps/local/e2e/golden-answers/main.ts`, which is to be run only where an answer is meant to change. */
const golden: Answers = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/answers.json'), 'utf8'),
);

/** Describes that every question is answered as it ever was, by models that nothing has changed. */
export function describeGoldenAnswers(cloudOf: () => TestCloud): void {
  let cloud: TestCloud;
  let answers: Answers;

  beforeAll(async () => {
    cloud = cloudOf();
    answers = await answersOf(cloud.url, await questions());
  });

  /** Another processor may round a last digit otherwise; a probability has four. */
  function near(value: unknown): unknown {
    if (typeof value === 'number')
      return Number.isInteger(value) ? value : expect.closeTo(value, value < 1 ? 3 : 8);
    if (Array.isArray(value)) return value.map(near);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, near(each)]));
  }

  it('asks what the file of answers holds', () => {
    expect(Object.keys(answers)).toEqual(Object.keys(golden));
  });

  it.each(Object.entries(golden))('%s is answered as it ever was', (name, answer) => {
    expect(answers[name]).toEqual(near(answer));
  });
}
