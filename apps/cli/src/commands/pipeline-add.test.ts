import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { type PipelineSpec, pipelines } from '@chorus/blueprint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withPipeline } from '../pipelines/pipeline-source.ts';
import { root } from '../root.ts';
import { blueprintFile } from '../workflow-source.ts';
import { addPipeline } from './pipeline-add.ts';

const list = 'packages/service/src/models.ts';

/** A repository of which only the lists of the service are there; the rows are beside it. */
let folder: string;
let repository: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-pipeline-add-'));
  repository = join(folder, 'repository');
  await mkdir(join(repository, 'packages/service/src/pipelines'), { recursive: true });
  for (const file of [list, blueprintFile])
    await writeFile(join(repository, file), await readFile(join(root, file)));
  await symlink(join(root, 'apps/cli/node_modules'), join(repository, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Rows of customers; those who complain more than they visit leave. */
const customers = `﻿visits,"spent, in all",complaints,leaves\r\n${Array.from(
  { length: 120 },
  (_, row) => `${row % 17},${10 + row},${(row * 7) % 11},${Number(row % 17 <= (row * 7) % 11)}`,
).join('\r\n')}\r\n`;

/** Adds a pipeline where no cloud runs. */
async function add(...argv: readonly string[]) {
  await writeFile(join(folder, 'customers.csv'), customers);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const out = text(stdout);
  const env = { INIT_CWD: folder, CHORUS_DIRECTORY: folder };
  const io = { stdin: Readable.from([]), stdout, stderr, env };
  try {
    const code = await addPipeline(argv, io, repository);
    stdout.end();
    return { code, out: await out };
  } catch (error) {
    return { error };
  }
}

describe('chorus pipeline add', () => {
  it('makes a model and its pipeline of a file, which fit each other', async () => {
    const { code, out } = await add('churn', 'customers.csv', '--target', 'leaves');
    expect(code).toBe(0);
    expect(out).toMatch(/On \d+ rows that were held out, its RMSE is 0\.\d+/);
    expect(out).toContain('pipeline run churn more.csv');

    const weights = join(repository, 'packages/models/churn/weights');
    const manifest = JSON.parse(await readFile(join(weights, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'churn',
      version: 'v1',
      example: { inputs: [{ name: 'features', shape: [1, 3] }] },
      training: {
        trainer: 'random-forest',
        dataset: { name: 'customers.csv', rows: 120 },
        split: { rule: { by: 'features', seed: 0, share: 0.2 } },
      },
    });
    expect(await readFile(join(repository, list), 'utf8')).toContain("  'churn',\n");
    const blueprint = await readFile(join(repository, blueprintFile), 'utf8');
    expect(blueprint).toContain("import { churnPipeline } from './pipelines/churn.ts';");
    expect(blueprint).toContain('pipelines([housePricePipeline, churnPipeline]);');

    const file = join(repository, 'packages/service/src/pipelines/churn.ts');
    const { churnPipeline }: { churnPipeline: PipelineSpec } = await import(
      pathToFileURL(file).href
    );
    expect(churnPipeline.train[0]).toMatchObject({
      model: { name: 'churn', weights: 'packages/models/churn/weights' },
      schema: manifest.schema,
      seed: manifest.training.seed,
    });
    expect(pipelines([churnPipeline]).machines).toMatchObject([{ name: 'churn-pipeline' }]);
  });

  it('takes the columns and the trainer that it is told', async () => {
    const { out } = await add(
      ...['churn', 'customers.csv', '--target', 'leaves', '--features', 'complaints,visits'],
      ...['--trainer', 'ordinary-least-squares', '--json'],
    );
    expect(JSON.parse(out ?? '')).toMatchObject({
      pipeline: 'churn',
      columns: ['complaints', 'visits'],
      trainer: 'ordinary-least-squares',
      metrics: { rmse: expect.any(Number) },
      servedBy: null,
    });
  });

  it.each<[string, readonly string[], string]>([
    ['no target', ['churn', 'customers.csv'], '--target column'],
    ['another column', ['churn', 'customers.csv', '--target', 'stays'], 'no column stays; it has'],
    ['no such file', ['churn', 'none.csv', '--target', 'leaves'], 'Cannot read'],
    ['another format', ['churn', 'rows.xlsx', '--target', 'leaves'], '.csv, .jsonl or .parquet'],
    ['no name', ['Churn!', 'customers.csv', '--target', 'leaves'], 'is no name'],
    ['a taken name', ['house-price', 'customers.csv', '--target', 'leaves'], 'already'],
    [
      'the target among the features',
      ['churn', 'customers.csv', '--target', 'leaves', '--features', 'visits,leaves'],
      'has the target',
    ],
    [
      'an unknown trainer',
      ['churn', 'customers.csv', '--target', 'leaves', '--trainer', 'magic'],
      "There is no trainer 'magic'",
    ],
  ])('with %s is refused, and writes nothing', async (_what, argv, message) => {
    const { error } = await add(...argv);
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect(await readFile(join(repository, list), 'utf8')).not.toContain("'churn'");
  });

  it('of rows that are no numbers says which, and what to do', async () => {
    const file = join(folder, 'texts.csv');
    await writeFile(file, customers.replaceAll(/,1\r\n/g, ',yes\r\n'));
    const { error } = await add('churn', file, '--target', 'leaves');
    expect(error).toMatchObject({
      message: expect.stringMatching(/row \d+: "yes"[\s\S]*as 0 and 1/),
    });
  });
});

it('a blueprint of another form is left alone', () => {
  expect(() => withPipeline('export const blueprint = {};', 'churn')).toThrow(
    'add churnPipeline of ./pipelines/churn.ts to it by hand',
  );
});
