import { expect, it } from 'vitest';
import { examplesOf } from './examples.ts';
import { linkedBlueprint } from './testing/index.ts';

const row = { row: { A: 1 } };
const request = { inputs: [] };

it('a model is tried with its own example, then with those of the workflows that ask it', () => {
  const examples = (name: string, example?: typeof request) =>
    examplesOf(linkedBlueprint, { name, ...(example && { example }) });
  expect(examples('line')).toEqual([row, row]);
  expect(examples('line', request)).toEqual([{ request }, row, row]);
  expect(examples('tall-tree', request)).toEqual([{ request }]);
  expect(examples('tall-tree')).toEqual([]);
});
