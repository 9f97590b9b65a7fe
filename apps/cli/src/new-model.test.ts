import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withModel } from './new-model.ts';
import { root } from './target.ts';

const list = readFileSync(join(root, 'packages/service/src/models.ts'), 'utf8');

it('adds a line to the list of models, in the order of the alphabet', () => {
  const both = withModel(withModel(list, 'zebra'), 'aardvark');
  const added = both.split('\n').filter((line) => !list.split('\n').includes(line));
  expect(added).toEqual(["  'aardvark',", "  'zebra',"]);
  for (const line of list.split('\n')) expect(both).toContain(line);
});

it('says what to do by hand when the list has another form', () => {
  expect(() => withModel('export const models = [];\n', 'zebra')).toThrow(
    "add 'zebra' to it by hand",
  );
});
