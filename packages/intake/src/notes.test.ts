import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectModel } from './inspect.ts';
import { probeHere } from './testing/probe-here.ts';

const folder = join(import.meta.dirname, '../fixtures/exports');
const notesOf = async (name: string) =>
  (await inspectModel(join(folder, `${name}.onnx`), { openProbe: probeHere })).notes;

it('say that first dimensions with different names have to be equal', async () => {
  expect(await notesOf('similarity')).toEqual([
    'takes as many of queries as of keys: the first dimensions of inputs are the rows of a request',
  ]);
});

it('say nothing of a table', async () => {
  expect(await notesOf('ridge')).toEqual([]);
});
