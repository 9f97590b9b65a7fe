import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AddedModel } from './testing/added-model.ts';
import { type ChurnInTest, column, spec, startChurn, tensor } from './testing/churn-in-test.ts';

let churn: ChurnInTest;
beforeEach(async () => {
  churn = await startChurn();
});
afterEach(() => churn.close());

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
describe('a model of an input for each feature', () => {
  beforeEach(() => churn.add(features));

  it('takes rows by the names of the inputs', async () => {
    expect((await churn.predict({ plan: 'pro', visits: 7 })).json()['predictions']).toEqual([
      { label: 'pro!' },
    ]);
    await churn.predict({ instances: [{ visits: 2 ** 53 - 1, plan: 'pro' }, ['free', 1]] });
    expect(churn.events.map(({ inputs }) => inputs)).toEqual([
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
      const told = await churn.predict({ plan, visits: [1, 2] });
      expect(told.json()['predictions']).toEqual([{ label: 'free!' }, { label: 'pro!' }]);
    }
    expect(churn.events[1]?.inputs).toEqual(churn.events[0]?.inputs);
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
    expect(await churn.error(body)).toEqual([
      status,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
    expect(churn.events).toEqual([]);
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
    churn.add(scores);
    const told = await churn.predict({
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
    expect(churn.events[0]?.inputs).toEqual([
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
    churn.add(scores);
    expect(await churn.error(body)).toEqual([400, message]);
    expect(churn.events).toEqual([]);
  });

  it('takes rows of numbers without names', async () => {
    const inputs = [spec('X', 'FP32', -1, 2)];
    const outputs = [
      spec('y', 'FP32', -1),
      spec('weights', 'FP32', 2),
      spec('pairs', 'FP32', -1, 2, 1),
    ];
    churn.add({
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
      expect((await churn.predict(body)).json()).toMatchObject({
        predictions: [
          { y: 1, pairs: [[5], [6]] },
          { y: 2, pairs: [[7], [8]] },
        ],
        outputs: { weights: [3, 4] },
      });
    expect(churn.events[1]?.inputs).toEqual(churn.events[0]?.inputs);
  });

  it('takes integers past 2^53 as they are, and gives them', async () => {
    churn.add({
      schema: { inputs: [spec('ids', 'INT64', -1, 1)], outputs: [spec('same', 'INT64', -1)] },
      answer: () => [],
    });
    const told = await churn.gateway.ask({
      method: 'POST',
      path: '/predict/churn',
      body: Buffer.from('{"ids": 9007199254740993}'),
    });
    expect(told.status).toBe(200);
    expect(churn.gateway.aws.calls.at(-1)?.body).toContain('[9007199254740993]');
  });

  it('takes photos as base64 where its manifest says that they are', async () => {
    const layout = { layout: 'NCHW', datatype: 'FP32', width: 2, height: 2, channels: 'RGB' };
    churn.add({
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
    expect((await churn.predict({ image: 'AAEC' })).json()['predictions']).toEqual([
      { label: 'cat' },
    ]);
    expect(churn.events[0]?.inputs[0]).toMatchObject({ parameters: { content_type: 'base64' } });
    expect(await churn.error({ image: 'größe' })).toEqual([
      400,
      'feature "image": expected a base64 string, got "größe"',
    ]);
  });
});
