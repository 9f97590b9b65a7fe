/** The tokeniser and the graph against what scikit-learn and Python were recorded to say. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { judge } from './serving.ts';
import { termsOf, wordsOf } from './terms.ts';
import { openModel } from './testing/open-model.ts';

const recorded: readonly {
  readonly text: string;
  readonly terms: readonly string[];
  readonly positive: number;
}[] = JSON.parse(readFileSync(new URL('../fixtures/parity.json', import.meta.url), 'utf8'));

const model = await openModel();

it.each(recorded)('$text has the terms and the probability of training', async (each) => {
  const words = wordsOf(each.text);
  expect(termsOf(words)).toEqual(each.terms);
  if (words.length === 0) return;
  const { positive } = await judge(model, each.text);
  expect(Math.abs(positive - each.positive)).toBeLessThan(1e-6);
});
