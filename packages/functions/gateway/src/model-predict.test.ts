import type { TensorSpec } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AddedModel, addModel, type ModelEvent } from './testing/added-model.ts';
import type { Reply } from './testing/fake-aws.ts';
import {
  type GatewayInTest,
  house,
  settings,
  startGateway,
  type Told,
} from './testing/gateway-in-test.ts';

let gateway: GatewayInTest;
let events: ModelEvent[];

beforeEach(async () => {
  events = [];
  const modelFunctions = { ...settings.modelFunctions, churn: 'chorus-churn:live' };
  gateway = await startGateway({ ...settings, modelFunctions });
});
afterEach(() => gateway.close());

/** Adds the model, and keeps what its function is asked. */
function add(model: AddedModel): void {
  const answer: AddedModel['answer'] = (event) => {
    events.push(event);
    return model.answer(event);
  };
  addModel(gateway.aws, { ...model, answer });
}

const predict = (body: unknown, name = 'churn', headers = {}): Promise<Told> =>
  gateway.ask({ method: 'POST', path: `/predict/${name}`, body, headers });
const error = async (body: unknown): Promise<unknown> => {
  const told = await predict(body);
  return [told.status, told.json()['error']];
};
const calls = (what: string): number =>
  gateway.aws.calls.filter((call) => call.what.startsWith(what)).length;

const spec = (name: string, datatype: TensorSpec['datatype'], ...shape: number[]): TensorSpec => ({
  name,
  datatype,
  shape,
});
const tensor = (name: string, datatype: string, shape: readonly number[], data: unknown) => ({
  name,
  datatype,
  shape,
  data,
});
const column = (name: string, more = {}) => ({ name, description: '', ...more });

/** A table of two numbers, one of which may be missing; labels and a number for each row. */
const table: AddedModel = {
  schema: {
    inputs: [
      {
        ...spec('X', 'FP32', -1, 2),
        columns: [column('age', { minimum: 0, maximum: 150 }), column('fee')],
        missing: true,
      },
    ],
    outputs: [
      spec('label', 'INT64', -1),
      { ...spec('chances', 'FP32', -1, 2), labels: ['stays', 'leaves'] },
      spec('score', 'FP64', -1, 1),
    ],
  },
  answer: ({ inputs }) => {
    const rows = inputs[0]?.shape[0] ?? 0;
    const each = Array.from({ length: rows }, (_, row) => row);
    return [
      tensor('label', 'INT64', [rows], each),
      tensor(
        'chances',
        'FP32',
        [rows, 2],
        each.flatMap((row) => [row, 1 - row]),
      ),
      tensor(
        'score',
        'FP64',
        [rows, 1],
        each.map((row) => (row === 1 ? null : row)),
      ),
    ];
  },
};

/** Texts and numbers, each an input of its own. */
const features: AddedModel = {
  schema: {
    inputs: [
      {
        ...spec('plan', 'BYTES', -1, 1),
        columns: [column('plan', { categories: ['free', 'pro'] })],
      },
      spec('visits', 'INT64', -1),
    ],
    outputs: [spec('label', 'BYTES', -1)],
  },
  answer: ({ inputs }) => [
    tensor(
      'label',
      'BYTES',
      [inputs[0]?.shape[0] ?? 0],
      inputs[0]?.data.map((plan) => `${plan}!`),
    ),
  ],
};

describe('a model of a table', () => {
  beforeEach(() => add(table));

  it('takes one row by the names of its features, in any order', async () => {
    const told = await predict({ fee: 9.5, age: 40 });
    expect(told.status).toBe(200);
    expect(told.headers['x-request-id']).toBe('gateway-7');
    expect(told.json()).toEqual({
      predictions: [{ label: 0, chances: { stays: 0, leaves: 1 }, score: 0 }],
      model: { name: 'churn', version: 'v1', durationMs: 0.25, coldStart: true },
      requestId: 'gateway-7',
    });
    expect(events).toEqual([
      {
        id: 'gateway-7',
        parameters: { chorus_deadline_ms: expect.any(Number) },
        inputs: [tensor('X', 'FP32', [1, 2], [40, 9.5])],
      },
    ]);
  });

  it('takes several rows, as objects and as arrays, and null where a value is missing', async () => {
    const told = await predict({ instances: [{ age: 1, fee: null }, [2, 3]] });
    expect(told.json()['predictions']).toEqual([
      { label: 0, chances: { stays: 0, leaves: 1 }, score: 0 },
      { label: 1, chances: { stays: 1, leaves: 0 }, score: null },
    ]);
    expect(events[0]?.inputs).toEqual([tensor('X', 'FP32', [2, 2], [1, null, 2, 3])]);
  });

  it.each([
    [{ age: 1 }, 400, 'missing feature "fee"'],
    [{}, 400, 'missing feature "age", "fee"'],
    [
      { age: 1, Fee: 2 },
      400,
      'missing feature "fee"; unknown feature "Fee"; there is "age", "fee"',
    ],
    [{ age: 1, fee: 2, x: 3 }, 400, 'unknown feature "x"; there is "age", "fee"'],
    [
      { age: '40', fee: 2 },
      400,
      'feature "age": expected a finite number within FP32, or null, got "40"',
    ],
    [
      { age: [40], fee: 2 },
      400,
      'feature "age": expected a finite number within FP32, or null, got an array',
    ],
    [{ age: 200, fee: 2 }, 422, 'feature "age": expected 0 to 150, got 200'],
    [{ instances: [[1, 2], { age: 1 }] }, 400, 'instances[1]: missing feature "fee"'],
    [{ instances: [[1, 2], [1]] }, 400, 'instances[1]: expected 2 values ("age", "fee"), got 1'],
    [
      { instances: [[1, 2], 5] },
      400,
      'instances[1]: expected an object of the features "age", "fee", got 5',
    ],
    [
      {
        instances: [
          [1, 2],
          [-1, 2],
        ],
      },
      422,
      'instances[1], feature "age": expected 0 to 150, got -1',
    ],
    [
      {
        instances: [
          [1, 2],
          [1, true],
        ],
      },
      400,
      'instances[1], feature "fee": expected a finite number within FP32, or null, got true',
    ],
    [
      {
        instances: [
          [1, 2],
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      },
      400,
      'input "X": 4 rows; at most 3 per request',
    ],
    [{ instances: [] }, 400, 'instances: expected at least one row, got none'],
    [{ instances: { age: 1, fee: 2 } }, 400, 'instances: expected an array, got an object'],
    [
      { instances: [[1, 2]], rows: 1 },
      400,
      'unknown "rows" beside instances; there is "parameters"',
    ],
    [{ age: 1, fee: 2, parameters: 5 }, 400, 'parameters: expected an object, got 5'],
    [
      { age: 1, fee: 2, parameters: { id: 5 } },
      400,
      'parameters: unknown "id"; there is "timeout", in microseconds',
    ],
    [
      { age: 1, fee: 2, parameters: { timeout: 0 } },
      400,
      'parameters.timeout: expected a positive number of microseconds, got 0',
    ],
    [[{ age: 1, fee: 2 }], 400, 'expected a JSON object, got an array'],
    ['age=1', 400, 'expected a JSON object, got "age=1"'],
  ])('refuses %j in the words of its caller', async (body, status, message) => {
    expect(await error(body)).toEqual([status, message]);
    expect(events).toEqual([]);
  });

  it('asks once, and for its manifest no more than every ten seconds', async () => {
    for (const age of [1, 2, 3]) await predict({ age, fee: 1 });
    expect([calls('invoke'), calls('configuration'), calls('get')]).toEqual([3, 1, 1]);
  });

  it('has as much time as its caller gives it', async () => {
    const before = Date.now();
    await predict({ age: 1, fee: 2, parameters: { timeout: 2_000_000 } });
    const deadlineMs = Number(events[0]?.parameters['chorus_deadline_ms']);
    expect(deadlineMs - before).toBeGreaterThanOrEqual(2_000);
    expect(deadlineMs).toBeLessThanOrEqual(Date.now() + 2_000);
  });

  it('answers by the names of the version that answered, be it another than was read', async () => {
    await predict({ age: 1, fee: 2 });
    const [label, chances, score] = table.schema.outputs;
    const outputs = [label, { ...chances, labels: ['no', 'yes'] }, score] as TensorSpec[];
    add({ ...table, version: 'v2', schema: { ...table.schema, outputs } });
    const told = await predict({ age: 1, fee: 2 });
    expect(told.json()).toMatchObject({
      predictions: [{ chances: { no: 0, yes: 1 } }],
      model: { version: 'v2' },
    });
  });

  /** Another version of the model, whose columns are in another order or of other names. */
  const other = (...names: readonly string[]): AddedModel => {
    const [input] = table.schema.inputs;
    const columns = names.map((name) => column(name));
    const inputs = [{ ...input, shape: [-1, names.length], columns } as TensorSpec];
    return { ...table, version: 'v2', schema: { ...table.schema, inputs } };
  };

  it('never gives a version values in the order of another one’s columns', async () => {
    await predict({ age: 1, fee: 2 });
    add(other('fee', 'age'));
    const told = await predict({ age: 1, fee: 2 });
    expect(told.json()).toMatchObject({ model: { version: 'v2' } });
    expect(events.map(({ inputs }) => inputs[0]?.data)).toEqual([
      [1, 2],
      [1, 2],
      [2, 1],
    ]);
    expect(gateway.aws.calls.at(-1)?.what).toBe('invoke chorus-churn:2');
  });

  it('says what the version that answered misses', async () => {
    await predict({ age: 1, fee: 2 });
    add(other('fee', 'tax'));
    expect(await error({ age: 1, fee: 2 })).toEqual([
      400,
      'missing feature "tax"; unknown feature "age"; there is "fee", "tax"',
    ]);
  });

  it('asks the version that it was read for when another one refuses it', async () => {
    await predict({ age: 1, fee: 2 });
    const refusal = { errorType: 'InvalidRequestError', errorMessage: 'expected shape [-1,3]' };
    add({ ...other('age', 'fee', 'tax'), answer: () => ({ fails: { functionError: refusal } }) });
    const told = await predict({ age: 1, fee: 2 });
    expect(told.json()).toMatchObject({ model: { version: 'v1' } });
    expect(gateway.aws.calls.at(-1)?.what).toBe('invoke chorus-churn:1');
  });

  it('says why it was refused when the version that it was read for is gone', async () => {
    await predict({ age: 1, fee: 2 });
    const refusal = { errorType: 'InvalidRequestError', errorMessage: 'expected shape [-1,3]' };
    add({ ...other('age', 'fee', 'tax'), answer: () => ({ fails: { functionError: refusal } }) });
    gateway.aws.functions.delete('chorus-churn:1');
    expect(await error({ age: 1, fee: 2 })).toEqual([400, 'expected shape [-1,3]']);
  });

  it('takes a request that is right since a moment ago', async () => {
    const [input] = table.schema.inputs;
    const columns = [column('age', { maximum: 10 }), column('fee')];
    add({ ...table, schema: { ...table.schema, inputs: [{ ...input, columns } as TensorSpec] } });
    expect((await predict({ age: 5, fee: 2 })).status).toBe(200);
    add({ ...table, version: 'v2' });
    await expect
      .poll(async () => (await predict({ age: 50, fee: 2 })).status, { timeout: 20_000 })
      .toBe(200);
  });

  it('tells failures as they are elsewhere', async () => {
    const failing = (fails: Reply): void => add({ ...table, answer: () => ({ fails }) });
    const failed = { errorType: 'InternalError', errorMessage: 'the model churn failed' };
    failing({ functionError: failed });
    expect(await error({ age: 1, fee: 2 })).toEqual([500, 'the model churn failed']);
    failing({ refusal: 'TooManyRequestsException', status: 429 });
    expect((await predict({ age: 1, fee: 2 })).status).toBe(429);
    failing({ payload: { outputs: 5 } });
    expect((await predict({ age: 1, fee: 2 })).status).toBe(500);
  });
});

describe('a model of an input for each feature', () => {
  beforeEach(() => add(features));

  it('takes rows by the names of the inputs', async () => {
    expect((await predict({ plan: 'pro', visits: 7 })).json()['predictions']).toEqual([
      { label: 'pro!' },
    ]);
    await predict({ instances: [{ visits: 2 ** 53 - 1, plan: 'pro' }, ['free', 1]] });
    expect(events.map(({ inputs }) => inputs)).toEqual([
      [tensor('plan', 'BYTES', [1, 1], ['pro']), tensor('visits', 'INT64', [1], [7])],
      [
        tensor('plan', 'BYTES', [2, 1], ['pro', 'free']),
        tensor('visits', 'INT64', [2], [2 ** 53 - 1, 1]),
      ],
    ]);
  });

  it('takes columns', async () => {
    for (const plan of [
      [['free'], ['pro']],
      ['free', 'pro'],
    ]) {
      const told = await predict({ plan, visits: [1, 2] });
      expect(told.json()['predictions']).toEqual([{ label: 'free!' }, { label: 'pro!' }]);
    }
    expect(events[1]?.inputs).toEqual(events[0]?.inputs);
  });

  it.each([
    [{ plan: 'gold', visits: 1 }, 422, 'feature "plan": expected one of "free", "pro", got "gold"'],
    [{ plan: 'free', visits: 1.5 }, 400, /^feature "visits": expected an integer .*, got 1.5$/],
    [{ plan: 'free', visits: null }, 400, /^feature "visits": expected an integer .*, got null$/],
    [
      {
        instances: [
          ['free', 1],
          ['gold', 2],
        ],
      },
      422,
      /^instances\[1\], feature "plan": .* got "gold"/,
    ],
    [{ plan: 'free' }, 400, 'missing feature "visits"'],
    [{ plan: [['free']], visits: 1 }, 400, /^feature "plan": .* got an array$/],
    [{ plan: [['free'], ['pro']], visits: [1] }, 400, /all must have the same number of rows/],
    [{ plan: ['free'], visits: [[1]] }, 400, 'input "visits": expected shape [-1], got [1,1]'],
  ])('refuses %j in the words of its caller', async (body, status, message) => {
    expect(await error(body)).toEqual([
      status,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
    expect(events).toEqual([]);
  });
});

describe('a model of other tensors', () => {
  const image = spec('image', 'FP32', 1, 1, 2, 2);
  const scores: AddedModel = {
    schema: {
      inputs: [image, spec('scale', 'FP32')],
      outputs: [spec('scores', 'FP32', 1, 2), spec('boxes', 'FP32', -1, 2), spec('total', 'FP32')],
    },
    answer: () => [
      tensor('scores', 'FP32', [1, 2], [1, 2]),
      tensor('boxes', 'FP32', [3, 2], [1, 2, 3, 4, 5, 6]),
      tensor('total', 'FP32', [], [7]),
    ],
  };

  it('takes nested arrays by the names of its inputs, and shows what is not of a row by itself', async () => {
    add(scores);
    const told = await predict({
      scale: 2,
      image: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    });
    expect(told.json()).toMatchObject({
      predictions: [{ scores: [1, 2] }],
      outputs: {
        boxes: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        total: 7,
      },
    });
    expect(events[0]?.inputs).toEqual([
      tensor('image', 'FP32', [1, 1, 2, 2], [1, 2, 3, 4]),
      tensor('scale', 'FP32', [], [2]),
    ]);
  });

  it.each([
    [
      { image: [[1]] },
      'missing input "scale"; it takes "image" (FP32 [1,1,2,2]), "scale" (FP32 []) as nested arrays',
    ],
    [{ image: [[1]], scale: 1 }, 'input "image": expected shape [1,1,2,2], got [1,1]'],
    [{ image: 5, scale: 1 }, 'input "image": expected shape [1,1,2,2], got []'],
    [
      { image: [[[[1, 2], [3]]]], scale: 1 },
      'input "image"[0][0][1]: expected an array of 2 as at the beginning (shape [1,1,2,2]), got 1 elements',
    ],
    [
      { image: [[[[1, 2], 5]]], scale: 1 },
      'input "image"[0][0][1]: expected an array of 2 as at the beginning (shape [1,1,2,2]), got 5',
    ],
    [
      {
        image: [
          [
            [
              [1, 2],
              [3, [4]],
            ],
          ],
        ],
        scale: 1,
      },
      'input "image"[0][0][1][1]: expected an element as at the beginning (shape [1,1,2,2]), got 1 elements',
    ],
    [
      {
        image: [
          [
            [
              [1, 2],
              [3, '4'],
            ],
          ],
        ],
        scale: 1,
      },
      'input "image", element [0,0,1,1]: expected a finite number within FP32, got "4"',
    ],
    [{ image: [], scale: 1 }, 'input "image": expected shape [1,1,2,2], got [0]'],
  ])('refuses %j', async (body, message) => {
    add(scores);
    expect(await error(body)).toEqual([400, message]);
    expect(events).toEqual([]);
  });

  it('takes rows of numbers without names', async () => {
    const inputs = [spec('X', 'FP32', -1, 2)];
    const outputs = [
      spec('y', 'FP32', -1),
      spec('weights', 'FP32', 2),
      spec('pairs', 'FP32', -1, 2, 1),
    ];
    add({
      schema: { inputs, outputs },
      answer: () => [
        tensor('y', 'FP32', [2], [1, 2]),
        tensor('weights', 'FP32', [2], [3, 4]),
        tensor('pairs', 'FP32', [2, 2, 1], [5, 6, 7, 8]),
      ],
    });
    for (const body of [
      {
        X: [
          [1, 2],
          [3, 4],
        ],
      },
      {
        instances: [
          [1, 2],
          [3, 4],
        ],
      },
    ])
      expect((await predict(body)).json()).toMatchObject({
        predictions: [
          { y: 1, pairs: [[5], [6]] },
          { y: 2, pairs: [[7], [8]] },
        ],
        outputs: { weights: [3, 4] },
      });
    expect(events[1]?.inputs).toEqual(events[0]?.inputs);
  });

  it('takes integers past 2^53 as they are, and gives them', async () => {
    add({
      schema: { inputs: [spec('ids', 'INT64', -1, 1)], outputs: [spec('same', 'INT64', -1)] },
      answer: () => [],
    });
    const told = await gateway.ask({
      method: 'POST',
      path: '/predict/churn',
      body: Buffer.from('{"ids": 9007199254740993}'),
    });
    expect(told.status).toBe(200);
    expect(gateway.aws.calls.at(-1)?.body).toContain('[9007199254740993]');
  });

  it('takes photos as base64 where its manifest says that they are', async () => {
    const layout = { layout: 'NCHW', datatype: 'FP32', width: 2, height: 2, channels: 'RGB' };
    add({
      schema: { inputs: [spec('image', 'BYTES', -1)], outputs: [spec('label', 'BYTES', -1)] },
      more: {
        image: {
          input: { name: 'pixels', ...layout, fit: 'fill', kernel: 'linear' },
          output: { name: 'scores', activation: 'none' },
          labels: [{ name: 'cat', indices: [0] }],
          threshold: 0,
        },
      } as NonNullable<AddedModel['more']>,
      answer: () => [tensor('label', 'BYTES', [1], ['cat'])],
    });
    expect((await predict({ image: 'AAEC' })).json()['predictions']).toEqual([{ label: 'cat' }]);
    expect(events[0]?.inputs[0]).toMatchObject({ parameters: { content_type: 'base64' } });
    expect(await error({ image: 'größe' })).toEqual([
      400,
      'feature "image": expected a base64 string, got "größe"',
    ]);
  });
});

describe('POST /predict/{model}', () => {
  it('asks a model with a package as well', async () => {
    const told = await predict({ instances: [house] }, 'svr');
    expect(told.json()).toMatchObject({
      predictions: [{ price: expect.any(Number) }],
      model: { name: 'svr', version: 'v1' },
    });
  });

  it('is 404 for a name that is nothing, and for a workflow', async () => {
    const nothing = await predict({}, 'chrun');
    expect([nothing.status, nothing.json()['error']]).toEqual([
      404,
      'no model "chrun"; this server has house-price, linear-regression, random-forest, svr, churn',
    ]);
    const workflow = await predict({}, 'house-price');
    expect([workflow.status, workflow.json()['error']]).toEqual([
      404,
      '"house-price" is a workflow with a route of its own; the models that are asked here are linear-regression, random-forest, svr, churn',
    ]);
  });

  it('takes POST, and JSON', async () => {
    add(table);
    const got = await gateway.ask({ path: '/predict/churn' });
    expect([got.status, got.headers['allow']]).toEqual([405, 'POST']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await predict({ age: 1, fee: 2 }, 'churn', form)).status).toBe(415);
    const bytes = { 'content-type': 'application/octet-stream' };
    expect((await predict({ age: 1, fee: 2 }, 'churn', bytes)).status).toBe(415);
    const json = { 'content-type': 'application/json; charset=utf-8' };
    expect((await predict({ age: 1, fee: 2 }, 'churn', json)).status).toBe(200);
  });

  it('is 503 while the manifest cannot be read', async () => {
    add(table);
    gateway.aws.objects.delete('chorus-models/models/churn/v1/manifest.json');
    expect((await predict({ age: 1, fee: 2 })).status).toBe(503);
  });
});

describe('a missing value by tensors', () => {
  it('reaches a model that takes it, in JSON and in bytes, and is refused by name elsewhere', async () => {
    add(table);
    const path = '/v2/models/churn/infer';
    const body = { inputs: [tensor('X', 'FP32', [1, 2], [null, 2])] };
    for (const _ of [1, 2]) {
      expect((await gateway.ask({ method: 'POST', path, body })).status).toBe(200);
      expect(events.at(-1)?.inputs[0]?.data).toEqual([null, 2]);
    }
    const inputs = [tensor('features', 'FP64', [1, 13], [null, ...house.slice(1)])];
    const told = await gateway.ask({
      method: 'POST',
      path: '/v2/models/svr/infer',
      body: { inputs },
    });
    expect([told.status, told.json()['error']]).toEqual([
      400,
      expect.stringContaining('column "CRIM": expected a finite number within FP64, got null'),
    ]);
  });
});
