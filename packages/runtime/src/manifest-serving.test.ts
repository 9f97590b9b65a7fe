/** Models without a package: graphs as Python exports them, served as their manifests say. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultyS3, startFaultyS3 } from '@chorus/emulator-s3/testing';
import type { InferResponse, ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Handler } from './handler.ts';
import { createModelHandler } from './model-handler.ts';
import { exportedGraphs } from './testing/exported-graphs.ts';
import { stubVariables } from './testing/stub-variables.ts';
import { manifestOf, pushToy, toyKey } from './testing/toy-model.ts';

let s3: FaultyS3;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-runtime-'));
  s3 = await startFaultyS3();
  stubVariables(s3, folder, toyKey());
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await s3.close();
  await rm(folder, { recursive: true });
});

const x: TensorSpec = { name: 'X', datatype: 'FP32', shape: [-1, 2] };
const label: TensorSpec = { name: 'label', datatype: 'INT64', shape: [-1] };
const chances = (count: number): TensorSpec => ({
  name: 'probabilities',
  datatype: 'FP32',
  shape: [-1, count],
});
const three = [0.5, 1, -1, -1, 2, 0];

/** Publishes a graph, and serves it by its manifest alone. */
async function serve(
  graph: keyof typeof exportedGraphs,
  schema: Pick<ModelSchema, 'inputs' | 'outputs'>,
  more: Partial<Manifest> = {},
): Promise<Handler> {
  const weights = Buffer.from(exportedGraphs[graph], 'base64');
  const own = { ...schema, name: 'toy', maxBatch: 100 };
  await pushToy(s3, weights, { ...manifestOf(weights), schema: own, ...more });
  return createModelHandler({});
}

async function ask(
  handle: Handler,
  inputs: readonly unknown[],
  parameters = {},
): Promise<InferResponse> {
  const context = {
    requestId: 'r',
    deadlineMs: Date.now() + 30_000,
    functionArn: 'arn',
    notes: {},
  };
  // As Lambda hands it over and takes it.
  const event = JSON.parse(JSON.stringify({ inputs, parameters }));
  return JSON.parse(JSON.stringify(await handle(event, context)));
}

const tensor = (
  name: string,
  datatype: string,
  shape: readonly number[],
  data: readonly unknown[],
) => ({ name, datatype, shape, data });
const near = (...values: readonly number[]) => values.map((value) => expect.closeTo(value, 6));

describe('a model is served as its manifest says', () => {
  it('a classifier whose probabilities are a sequence of maps, which is not asked for', async () => {
    const output = { ...label, name: 'output_label' };
    const handle = await serve('zipmap', { inputs: [x], outputs: [output] });
    const { outputs, model_name } = await ask(handle, [tensor('X', 'FP32', [3, 2], three)]);
    expect(model_name).toBe('toy');
    expect(outputs).toEqual([tensor('output_label', 'INT64', [3], [1, 0, 2])]);
  });

  it('classes that are texts, and their probabilities', async () => {
    const texts = { ...label, datatype: 'BYTES' } as const;
    const handle = await serve('texts', { inputs: [x], outputs: [texts, chances(3)] });
    const { outputs } = await ask(handle, [tensor('X', 'FP32', [3, 2], three)]);
    expect(outputs[0]).toEqual(tensor('label', 'BYTES', [3], ['mid', 'low', 'high']));
    expect(outputs[1]?.data.slice(0, 3)).toEqual(near(0.14451011, 0.03056127, 0.82492864));
  });

  it('columns of texts and of numbers, each an input', async () => {
    const plan: TensorSpec = {
      name: 'plan',
      datatype: 'BYTES',
      shape: [-1, 1],
      columns: [{ name: 'plan', description: '', categories: ['free', 'pro'] }],
    };
    const age: TensorSpec = { name: 'age', datatype: 'FP32', shape: [-1, 1] };
    const handle = await serve('pipeline', { inputs: [plan, age], outputs: [label, chances(2)] });
    const ages = tensor('age', 'FP32', [2, 1], [50, 50]);
    const { outputs } = await ask(handle, [tensor('plan', 'BYTES', [2, 1], ['free', 'pro']), ages]);
    expect(outputs[0]?.data).toEqual([1, 0]);
    expect(outputs[1]?.data).toEqual(near(0.1609621, 0.8390379, 0.89586443, 0.10413557));
    const wrong = ask(handle, [tensor('plan', 'BYTES', [2, 1], ['free', 'gold']), ages]);
    await expect(wrong).rejects.toMatchObject({
      name: 'OutOfRangeError',
      message: 'input "plan", row 1, column "plan": expected one of "free", "pro", got "gold"',
    });
  });

  it('missing values, and an output that the graph declares for one row', async () => {
    const gaps = { ...x, missing: true } as const;
    const handle = await serve('gaps', { inputs: [gaps], outputs: [label, chances(2)] });
    const rows = [null, 1, null, null, 1, -1];
    const { outputs } = await ask(handle, [tensor('X', 'FP32', [3, 2], rows)]);
    expect(outputs[0]).toEqual(tensor('label', 'INT64', [3], [1, 0, 0]));
    expect(outputs[1]?.data).toEqual(
      near(0.40369475, 0.59630525, 0.55118006, 0.44881994, 0.55118006, 0.44881994),
    );
  });

  it('no missing values where nothing says that there may be some', async () => {
    const handle = await serve('gaps', { inputs: [x], outputs: [label] });
    await expect(ask(handle, [tensor('X', 'FP32', [1, 2], [null, 1])])).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'inputs[0] "X", row 0, column 0: expected a finite number within FP32, got null',
    });
  });

  it('numbers that are not finite, and an output that has no rows', async () => {
    const inputs = [{ ...x, name: 'x' }];
    const logs: TensorSpec = { name: 'logs', datatype: 'FP32', shape: [-1, 2] };
    const total: TensorSpec = { name: 'total', datatype: 'FP32', shape: [] };
    const handle = await serve('logs', { inputs, outputs: [total, logs] });
    const { outputs } = await ask(handle, [tensor('x', 'FP32', [3, 2], [1, 0, -1, 0, 0, 2])]);
    expect(outputs).toEqual([
      tensor('total', 'FP32', [], [2]),
      {
        ...tensor('logs', 'FP32', [3, 2], [0, null, null, null, null, Math.fround(Math.log(2))]),
        parameters: { chorus_minus_infinity: '1,3-4' },
      },
    ]);
  });

  it.each([true, false])('with the session that it says: optimised %s', async (optimize) => {
    const handle = await serve(
      'zipmap',
      { inputs: [x], outputs: [{ ...label, name: 'output_label' }] },
      { session: { optimize } },
    );
    const { outputs } = await ask(handle, [tensor('X', 'FP32', [3, 2], three)]);
    expect(outputs[0]?.data).toEqual([1, 0, 2]);
  });
});

describe('the manifest of a model without a package', () => {
  it.each<[string, Pick<ModelSchema, 'inputs' | 'outputs'>, string]>([
    ['a datatype', { inputs: [{ ...x, datatype: 'FP64' }], outputs: [label] }, 'input X float64'],
    ['a name', { inputs: [{ ...x, name: 'x' }], outputs: [label] }, 'no input x float32 [-1,2]'],
    ['a rank', { inputs: [{ ...x, shape: [-1] }], outputs: [label] }, 'input X float32 [-1] is'],
    ['an output', { inputs: [x], outputs: [chances(2), x] }, 'no output X float32'],
    [
      'a type of output',
      { inputs: [x], outputs: [{ ...label, datatype: 'BYTES' }] },
      'output label string',
    ],
  ])('does not fit its graph by %s', async (_what, schema, message) => {
    const handle = await serve('gaps', schema);
    await expect(ask(handle, [])).rejects.toMatchObject({
      name: 'ModelLoadError',
      message: expect.stringContaining(message),
    });
  });

  it('does not promise a sequence of maps', async () => {
    const output = { ...chances(3), name: 'output_probability' };
    const handle = await serve('zipmap', { inputs: [x], outputs: [output] });
    await expect(ask(handle, [])).rejects.toThrow('output output_probability is no tensor');
  });

  it('is of the model whose key it has', async () => {
    const schema = { name: 'other', inputs: [x], outputs: [label], maxBatch: 1 };
    const handle = await serve('gaps', schema, { name: 'other', schema });
    await expect(ask(handle, [])).rejects.toThrow(
      'holds the model other, this function serves toy: correct MODEL_KEY',
    );
  });
});

describe('a request to a model without a package', () => {
  const gaps = { inputs: [x], outputs: [label] };

  it('is refused like any other once the weights are there', async () => {
    const handle = await serve('gaps', gaps);
    for (const event of [[], [tensor('Y', 'FP32', [1, 2], [1, 2])] as unknown as Tensor[]])
      await expect(ask(handle, event)).rejects.toThrow('inputs: model "toy" takes "X" (FP32');
  });

  it('loads nothing when its time is over, and says what is wrong with its deadline', async () => {
    const handle = await serve('gaps', gaps);
    const late = ask(handle, [], { chorus_deadline_ms: 1 });
    await expect(late).rejects.toMatchObject({ name: 'DeadlineExceededError' });
    const odd = ask(handle, [], { chorus_deadline_ms: 'soon' });
    await expect(odd).rejects.toMatchObject({ name: 'InvalidRequestError' });
    expect(s3.requests).toEqual([]);
  });

  it.each([[null], ['text'], [[]], [{ parameters: null }], [{ parameters: 'x' }]])(
    'is an object of inputs, not %j',
    async (event) => {
      const handle = await serve('gaps', gaps);
      const context = { requestId: 'r', deadlineMs: 9e12, functionArn: 'arn', notes: {} };
      await expect(handle(event, context)).rejects.toMatchObject({ name: 'InvalidRequestError' });
    },
  );

  it('is not needed to be ready', async () => {
    const handle = await serve('gaps', gaps);
    const context = { requestId: 'r', deadlineMs: 9e12, functionArn: 'arn', notes: {} };
    expect(await handle({ chorus: 'ready' }, context)).toMatchObject({
      ready: true,
      model_name: 'toy',
      model_version: 'v1',
    });
  });
});
