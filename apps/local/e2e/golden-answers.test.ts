import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixedService } from './fixed-service.ts';
import { type Answers, answersOf } from './golden-answers/ask.ts';
import { questions } from './golden-answers/questions.ts';
import { startServingCloud, type TestCloud } from './test-cloud.ts';

/** Written by `node apps/local/e2e/golden-answers/main.ts`, which is to be run only where an answer is meant to change. */
const golden: Answers = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden-answers/fixtures/answers.json'), 'utf8'),
);

let cloud: TestCloud;
let answers: Answers;

beforeAll(async () => {
  cloud = await startServingCloud(undefined, fixedService);
  answers = await answersOf(cloud.url, await questions());
});
afterAll(() => cloud.remove());

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
