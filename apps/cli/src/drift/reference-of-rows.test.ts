import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '@chorus/registry';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withReference } from './reference-of-rows.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-reference-'));
});
afterEach(() => rm(directory, { recursive: true }));

const churn: Pick<Manifest, 'schema' | 'training'> = {
  schema: {
    name: 'churn',
    inputs: [
      {
        name: 'features',
        datatype: 'FP32',
        shape: [-1, 2],
        columns: [
          { name: 'months', description: '' },
          { name: 'fee', description: '' },
        ],
      },
      { name: 'plan', datatype: 'BYTES', shape: [-1] },
    ],
    outputs: [{ name: 'label', datatype: 'INT64', shape: [-1] }],
    maxBatch: 9,
  },
};

const rows = 'id,plan,fee,months\n1,free,0,1\n2,paid,9.5,12\n3,free,,24\n4,,8,36\n';

async function referenceOf(content: string, name = 'rows.csv', of = churn) {
  await writeFile(join(directory, name), content);
  return (await withReference(of, name, directory)).training?.reference;
}

it('is of every column of the inputs, whatever else the file has', async () => {
  const reference = await referenceOf(rows);
  expect(reference).toMatchObject([
    { name: 'months', mean: 18.25, minimum: 1, maximum: 36, rows: 4 },
    { name: 'fee', maximum: 9.5, rows: 4, missing: 0.25 },
    { name: 'plan', categories: ['free', 'paid'], shares: [2 / 3, 1 / 3], missing: 0.25 },
  ]);
  for (const { thresholds } of reference ?? []) expect(thresholds?.length).toBeGreaterThan(1);
});

it('keeps what else is known of the training', async () => {
  await writeFile(join(directory, 'rows.csv'), rows);
  const known = { ...churn, training: { metrics: { r2: 0.9 }, trainer: 'xgboost' } };
  const { training } = await withReference(known, 'rows.csv', directory);
  expect(training).toMatchObject({ metrics: { r2: 0.9 }, trainer: 'xgboost' });
  expect(await withReference(churn, undefined, directory)).toBe(churn);
});

it.each([
  ['rows.csv', 'plan,fee,months\nfree,much,1\n', 'row 1: fee must be a number, got "much"'],
  ['rows.csv', 'plan,fee,months\nfree,,1\n', 'has no value in fee'],
  ['rows.csv', 'plan,months\nfree,1\n', 'fee'],
  ['rows.xlsx', '', 'must be a .csv, .jsonl or .parquet file'],
])('refuses %s: %j', async (name, content, message) => {
  await expect(referenceOf(content, name)).rejects.toThrow(message);
});

it('needs columns with names', async () => {
  const schema = {
    ...churn.schema,
    inputs: [{ name: 'X', datatype: 'FP32', shape: [-1, 4] }] as const,
  };
  await expect(referenceOf(rows, 'rows.csv', { schema })).rejects.toThrow('name them with');
});
