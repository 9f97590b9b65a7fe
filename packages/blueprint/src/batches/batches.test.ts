import { compile } from '@chorus/asl';
import { expect, it } from 'vitest';
import { mean } from '../answers/mean.ts';
import { model } from '../functions.ts';
import { rows } from '../requests/rows.ts';
import { text } from '../requests/text.ts';
import { ask } from '../steps/ask.ts';
import { gather } from '../steps/gather.ts';
import type { WorkflowSpec } from '../types.ts';
import { workflow } from '../workflow.ts';
import { batches } from './batches.ts';

const features = {
  name: 'features',
  datatype: 'FP64',
  shape: [-1, 1],
  columns: [{ name: 'a', description: 'a' }],
} as const;

const ofRows: WorkflowSpec = workflow({
  name: 'prices',
  request: rows({ columns: features.columns, maxBatch: 50 }),
  steps: gather(
    [
      ask(model('one'), {
        inputs: [features],
        outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
      }),
    ],
    { quorum: 1 },
  ),
  answer: mean('price'),
  example: { a: 1 },
});

it('has a machine for each workflow that answers and takes rows, and their bucket', () => {
  const { machines, buckets } = batches([
    ofRows,
    { ...ofRows, name: 'started', type: 'standard' },
    { ...ofRows, name: 'texts', request: text({ maxBytes: 100 }) },
  ]);
  expect(machines.map(({ name, of, type }) => ({ name, of, type }))).toEqual([
    { name: 'prices-batch', of: 'prices', type: 'standard' },
  ]);
  expect(buckets).toMatchObject([{ name: 'batches' }]);
  expect(batches([])).toEqual({ machines: [], buckets: [] });
});

it('is a valid definition, and asks about no more rows than the workflow takes', () => {
  const [machine] = batches([ofRows]).machines;
  const substitutions = { BATCHES_BUCKET: 'box', PRICES_WORKFLOW: 'arn' };
  expect(() => compile(machine?.definition, { type: 'STANDARD', substitutions })).not.toThrow();
  expect(machine?.definition).toMatchObject({
    States: { Rows: { ItemBatcher: { MaxItemsPerBatch: 50 } } },
  });
});
