import { hash } from 'node:crypto';
import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import { parseManifest } from '@chorus/registry';
import { readObject } from '@chorus/runtime/s3-object';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { createTrainHandler } from './handler.ts';
import type { TrainingOutcome } from './run-job.ts';
import { job, parquetOf, recipe } from './testing/toy-job.ts';

let store: FaultyS3;

beforeEach(async () => {
  store = await startFaultyS3(['rows']);
  stubS3(store);
  vi.stubEnv('TRAINING_BUCKET', 'rows');
  await store.put('rows/run/train.parquet', parquetOf(0, 40));
  await store.put('rows/run/test.parquet', parquetOf(40, 50));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

async function train(event: unknown): Promise<TrainingOutcome> {
  const context = { requestId: 'r', deadlineMs: Date.now() + 60_000, functionArn: 'a', notes: {} };
  return (await createTrainHandler(readSettings())(event, context)) as TrainingOutcome;
}

const read = (name: string) =>
  readObject({
    bucket: 'rows',
    key: `${job.output}${name}`,
    signal: AbortSignal.timeout(60_000),
    retryUntil: 0,
  });

describe('a job', () => {
  it.each(['ordinary-least-squares', 'random-forest', 'support-vector-regression'])(
    'of the trainer %s leaves a model and its manifest',
    async (trainer) => {
      const outcome = await train({ ...job, recipe: { ...recipe, trainer } });
      const bytes = await read('model.onnx');
      const written = JSON.parse(String(await read('manifest.json')));
      expect(written).not.toHaveProperty('version');
      const manifest = parseManifest({ ...written, version: 'v1' });
      expect(manifest).toMatchObject({
        name: 'houses',
        file: { bytes: bytes.length, sha256: hash('sha256', bytes) },
        training: {
          dataset: { name: 'houses.csv', rows: 50, sha256: job.data.sha256 },
          trainer,
          seed: 3,
          split: { trainRows: 40, testRows: 10 },
        },
      });
      expect(manifest.training?.reference?.map(({ name }) => name)).toEqual(['size', 'age']);
      expect(outcome).toEqual({
        model: 'houses',
        output: job.output,
        bytes: bytes.length,
        sha256: manifest.file.sha256,
        rows: { train: 40, test: 10 },
        metrics: manifest.training?.metrics,
      });
    },
  );

  it('says in its manifest where its rows are from, how they were held out, and what asked for it', async () => {
    const split = { seed: 0, share: 0.2 };
    const data = { ...job.data, key: 'training-data/houses/houses.csv', version: '3sL4', split };
    await train({ ...job, data, execution: 'run-1' });
    const written = JSON.parse(String(await read('manifest.json')));
    expect(parseManifest({ ...written, version: 'v1' })).toMatchObject({
      training: {
        dataset: { name: 'houses.csv', key: 'training-data/houses/houses.csv', version: '3sL4' },
        split: { trainRows: 40, testRows: 10, rule: { by: 'features', seed: 0, share: 0.2 } },
        intervals: { rmse: { low: expect.any(Number), high: expect.any(Number) } },
      },
      lineage: { execution: 'run-1' },
    });
  });

  it('is measured on the rows that were held out', async () => {
    expect((await train(job)).metrics['rmse']).toBeLessThan(1e-9);
    await store.put(
      'rows/run/test.parquet',
      parquetOf(40, 50, (size) => size + 10),
    );
    expect((await train(job)).metrics['rmse']).toBeCloseTo(20, 9);
  });

  it('that runs again writes the same bytes', async () => {
    const forest = { ...job, recipe: { ...recipe, trainer: 'random-forest' } };
    await train(forest);
    const first = [await read('model.onnx'), await read('manifest.json')];
    await train(forest);
    expect([await read('model.onnx'), await read('manifest.json')]).toEqual(first);
  });

  it('takes the options of its recipe', async () => {
    const options = { trees: 3, minLeaf: 2 };
    await train({ ...job, recipe: { ...recipe, trainer: 'random-forest', options } });
    expect(JSON.parse(String(await read('manifest.json'))).training.options).toMatchObject(options);
  });

  it('is tried again where S3 fails for a moment', async () => {
    store.troubles.push({ status: 503, code: 'SlowDown' }, 'reset');
    expect(await train(job)).toMatchObject({ rows: { train: 40, test: 10 } });
  });
});

describe('a share of a job', () => {
  const forest = { ...job, recipe: { ...recipe, trainer: 'random-forest', options: { trees: 5 } } };
  const kept = () =>
    store.requests.filter((request) => /^PUT .*\/checkpoints\/tree-/.test(request)).length;

  it('does its part, and the job makes of all parts what it makes by itself', async () => {
    await train(forest);
    const alone = [await read('model.onnx'), await read('manifest.json')];
    const shares = [1, 0].map((index) => ({ ...forest, share: { index, of: 2 } }));
    const outcomes = [];
    for (const share of shares) outcomes.push(await train(share));
    const rows = { train: 40 };
    expect(outcomes).toEqual([
      { model: 'houses', parts: { first: 2, end: 5, of: 5 }, rows },
      { model: 'houses', parts: { first: 0, end: 2, of: 5 }, rows },
    ]);
    expect(kept()).toBe(5);
    for (const share of shares) await train(share);
    expect(kept()).toBe(5);
    await train({ ...forest, divided: true });
    expect([await read('model.onnx'), await read('manifest.json')]).toEqual(alone);
    expect(kept()).toBe(5);
  });

  it('leaves it where it is told to', async () => {
    const given = { ...forest, checkpoints: 'scratch/run/checkpoints/' };
    await train({ ...given, share: { index: 0, of: 2 } });
    const put = () => store.requests.filter((request) => /^PUT .*tree-/.test(request));
    expect(put()).toHaveLength(2);
    for (const request of put()) expect(request).toContain('/scratch/run/checkpoints/tree-');
    await train({ ...given, divided: true });
    expect(put()).toHaveLength(5);
  });

  it('has nothing to do where there are more shares than parts', async () => {
    const parts = { first: 0, end: 0, of: 5 };
    expect(await train({ ...forest, share: { index: 0, of: 9 } })).toMatchObject({ parts });
    expect(kept()).toBe(0);
  });

  it('is refused of a trainer whose work cannot be divided', async () => {
    await expect(train({ ...job, share: { index: 0, of: 2 } })).rejects.toMatchObject({
      name: 'TrainingError',
      message: expect.stringContaining('run the job without a share'),
    });
  });
});

/** A job with another value at a path such as `recipe.seed`. */
function jobWith(path: string, value: unknown): unknown {
  const changed: Record<string, unknown> = structuredClone({ ...job });
  const names = path.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce((at, name) => at[name] as Record<string, unknown>, changed);
  owner[last] = value;
  return changed;
}

describe('refused is', () => {
  it.each<[string, unknown, string]>([
    ['recipe', 7, 'recipe: expected an object, got 7'],
    ['recipe.trainer', '', 'recipe.trainer: expected a text, got ""'],
    ['recipe.seed', '3', 'recipe.seed: expected a number, got "3"'],
    ['recipe.options', [], 'recipe.options: expected an object'],
    ['recipe.options', { trees: true }, 'recipe.options.trees: expected a number or a text'],
    ['recipe.columns', [], 'recipe.columns: expected a list of names, got []'],
    ['recipe.columns', [1], 'recipe.columns[0]: expected a text, got 1'],
    ['recipe.target', undefined, 'recipe.target: expected a text, got nothing'],
    ['recipe.schema.name', null, 'recipe.schema.name: expected a text, got null'],
    ['recipe.schema.inputs', {}, 'recipe.schema.inputs: expected a list'],
    ['recipe.schema.outputs', [{}], 'recipe.schema.outputs[0].name: expected a text'],
    ['data.sha256', undefined, 'data.sha256: expected a text, got nothing'],
    ['data.key', 7, 'data.key: expected a text, got 7'],
    ['data.split', { seed: 1 }, 'data.split.share: expected a number, got nothing'],
    ['execution', '', 'execution: expected a text, got ""'],
    ['data.train', 4, 'data.train: expected a text, got 4'],
    ['share', { index: 2, of: 2 }, 'share.index: expected a whole number from 0 to 1, got 2'],
    ['share', { index: 0, of: 0.5 }, 'share.of: expected a whole number above 0, got 0.5'],
    ['output', 'run/model', 'output: expected a text that ends in a slash'],
    ['checkpoints', 'run/kept', 'checkpoints: expected a text that ends in a slash'],
    ['divided', 1, 'divided: expected true or false, got 1'],
  ])('an event whose %s is %j', async (path, value, message) => {
    await expect(train(jobWith(path, value))).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(message),
    });
    expect(store.requests).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    ['recipe.trainer', 'boosting', 'TrainingError', "There is no trainer 'boosting'"],
    ['recipe.seed', 1.5, 'OptionError', 'The seed is 1.5'],
    ['recipe.options', { trees: 3 }, 'OptionError', "no option 'trees'"],
    ['recipe.columns', ['size'], 'TrainingError', 'FP64 input [-1,1]'],
    ['recipe.columns', ['size', 'rooms'], 'ParquetError', "No column 'rooms'"],
    ['recipe.columns', ['size', 'note'], 'ParquetError', "'note' must be a number"],
    ['data.test', 'run/none', 'MissingDataError', 's3://rows/run/none does not exist'],
  ])('a job whose %s is %j, and nothing is written', async (path, value, name, message) => {
    await expect(train(jobWith(path, value))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(store.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
  });

  it('a file that is no Parquet', async () => {
    await store.put('rows/run/train.parquet', 'size,age\n1,2\n');
    await expect(train(job)).rejects.toMatchObject({ name: 'ParquetError' });
  });

  it('a deployment that does not name the bucket', () => {
    vi.stubEnv('TRAINING_BUCKET', '');
    expect(readSettings).toThrow('TRAINING_BUCKET is not set');
  });
});

it('says that it is ready', async () => {
  expect(await train({ chorus: 'ready' })).toEqual({ ready: true });
});
