import { describe, expect, it } from 'vitest';
import { model } from '../functions.ts';
import { pipelineMachine } from './pipeline-machine.ts';
import type { PipelineSpec, TrainedModelSpec } from './pipeline-spec.ts';
import { type Event, evaluationOf, fail, run, schema, spec } from './testing/run-pipeline.ts';

const a: TrainedModelSpec = {
  model: model('a'),
  schema: schema('a'),
  trainer: 't',
  options: { trees: 9 },
  seed: 4,
};

/** The pipeline with one model. */
const only = (more: Partial<TrainedModelSpec>): Partial<PipelineSpec> => ({
  train: [{ ...a, ...more }],
});

/** The members of an order that tell trainings apart. */
interface Order extends Event {
  readonly recipe: { readonly options: Readonly<Record<string, number>> };
  readonly data: { readonly train: string; readonly test: string; readonly split?: unknown };
  readonly output: string;
  readonly checkpoints: string;
  readonly share?: { readonly index: number; readonly of: number };
  readonly divided?: boolean;
}
const orders = (events: readonly Event[]) => events as readonly Order[];

const isTrial = ({ output }: Event): boolean => String(output).includes('trials/');

describe('a search', () => {
  const search = { leaf: [1, 3], depth: [5, 7] };
  /** The larger the leaf the better, and the smaller the depth. */
  const judged = {
    train: (event: Event) => {
      const { leaf = 0, depth = 0 } = (event as Order).recipe.options;
      return { metrics: { rmse: 10 - leaf + depth } };
    },
    evaluate: () => evaluationOf(['a']),
  };

  it('tries every combination on a part of the rows to learn from, and trains with the best on all of them', async () => {
    const { reported, trainings } = await run(judged, only({ search }));
    const [whole, ...others] = orders(trainings).filter((order) => !isTrial(order));
    expect(others).toEqual([]);
    expect(whole).toMatchObject({
      recipe: { options: { trees: 9, leaf: 3, depth: 5 } },
      data: { train: 'a', test: 'b', split: { seed: 0 } },
      output: 'out/candidates/a/',
    });
    const trials = orders(trainings).filter(isTrial);
    expect(trials.map(({ recipe: { options } }) => options)).toEqual([
      { trees: 9, leaf: 1, depth: 5 },
      { trees: 9, leaf: 1, depth: 7 },
      { trees: 9, leaf: 3, depth: 5 },
      { trees: 9, leaf: 3, depth: 7 },
    ]);
    // None of them is told where the rows are that were held out.
    for (const { data } of trials) {
      expect(data).toMatchObject({ train: 'd', test: 'e' });
      expect(data).not.toHaveProperty('split');
    }
    expect(new Set(trials.map(({ output }) => output)).size).toBe(4);
    expect(trials[2]?.output).toBe('scratch/p/e/a/trials/2/');
    expect(reported['trained']).toMatchObject([
      {
        model: 'a',
        metrics: { rmse: 12 },
        options: { trees: 9, leaf: 3, depth: 5 },
        tried: [14, 16, 12, 14].map((rmse) => ({ metrics: { rmse } })),
      },
    ]);
  });

  it('takes the first of equal ones, and no part is split off where nothing is searched', async () => {
    const equal = { ...judged, train: () => ({ metrics: { rmse: 1 } }) };
    const { reported } = await run(equal, only({ search }));
    expect(reported['trained']).toMatchObject([{ options: { leaf: 1, depth: 5 } }]);
    const { reported: plain } = await run();
    expect(plain['data']).not.toHaveProperty('fit');
  });

  it('goes on without what fails, and ends with the first error where all do', async () => {
    const some = await run(
      {
        ...judged,
        train: (event) =>
          (event as Order).recipe.options['leaf'] === 3 ? fail('Odd')() : judged.train(event),
      },
      only({ search }),
    );
    expect(some.reported['trained']).toMatchObject([
      { options: { leaf: 1, depth: 5 }, tried: [{}, {}, { error: 'Odd' }, { error: 'Odd' }] },
    ]);
    const none = await run({ ...judged, train: fail('Odd') }, only({ search }));
    expect(none.result).toMatchObject({ status: 'FAILED', error: 'Odd' });
    const silent = await run({ ...judged, train: () => ({ metrics: {} }) }, only({ search }));
    expect(silent.reported).toMatchObject({
      failure: { step: 'train', error: 'SearchError', cause: 'No trial says its RMSE' },
    });
  });

  it.each<[string, TrainedModelSpec['search'], string]>([
    ['without options', {}, 'the search for a names no values'],
    ['without values', { leaf: [1], depth: [] }, 'names no values of depth'],
    [
      'of too many',
      { leaf: Array.from({ length: 101 }, (_, leaf) => leaf) },
      '101 combinations: there may be at most 100',
    ],
  ])('%s is refused', (_what, refused, message) => {
    const { train = spec.train } = only(refused === undefined ? {} : { search: refused });
    expect(() => pipelineMachine({ ...spec, train })).toThrow(message);
  });
});

describe('shares', () => {
  const shares = { of: 3, rows: 7 };
  const answers = {
    train: (event: Event) => {
      const { share } = event as Order;
      return share === undefined
        ? { metrics: { rmse: 1 } }
        : { parts: { first: share.index, end: share.index + 1, of: 3 } };
    },
    evaluate: () => evaluationOf(['a']),
  };

  it('are done, each somewhere else, before the training that puts them together', async () => {
    const { trainings, reported } = await run(answers, only({ shares }));
    const all = orders(trainings);
    expect(all.map(({ share }) => share)).toEqual([
      { index: 0, of: 3 },
      { index: 1, of: 3 },
      { index: 2, of: 3 },
      undefined,
    ]);
    expect(new Set(all.map(({ output }) => output)).size).toBe(4);
    expect(new Set(all.map(({ checkpoints }) => checkpoints))).toEqual(
      new Set(['scratch/p/e/a/checkpoints/']),
    );
    expect(all.at(-1)).toMatchObject({ divided: true, output: 'out/candidates/a/' });
    expect(reported['trained']).toMatchObject([
      { metrics: { rmse: 1 }, shares: [0, 1, 2].map((first) => ({ parts: { first } })) },
    ]);
  });

  it('are not worth it for few rows', async () => {
    const { trainings, reported } = await run(answers, only({ shares: { of: 3, rows: 8 } }));
    expect(orders(trainings)).toMatchObject([{ divided: false }]);
    expect(reported['trained']).toMatchObject([{ shares: [] }]);
  });

  it('that fail are done by the training itself, and the report says so', async () => {
    const { reported } = await run(
      {
        ...answers,
        train: (event) =>
          (event as Order).share?.index === 1 ? fail('Lost')() : answers.train(event),
      },
      only({ shares }),
    );
    expect(reported).toMatchObject({
      status: 'promoted',
      trained: [{ shares: [{ parts: {} }, { error: 'Lost' }, { parts: {} }] }],
    });
  });

  it('have the options that a search has found', async () => {
    const { trainings } = await run(answers, only({ shares, search: { leaf: [3] } }));
    const found = orders(trainings).filter((order) => !isTrial(order));
    expect(found.map(({ recipe: { options } }) => options)).toEqual(
      found.map(() => ({ trees: 9, leaf: 3 })),
    );
    expect(found).toHaveLength(4);
  });

  it.each([
    [{ of: 1, rows: 7 }, '2 to 1000 shares, not 1'],
    [{ of: 2.5, rows: 7 }, 'not 2.5'],
    [{ of: 3, rows: 0 }, 'from a whole number of rows on, not 0'],
  ])('of %j are refused', (refused, message) => {
    const { train = spec.train } = only({ shares: refused });
    expect(() => pipelineMachine({ ...spec, train })).toThrow(message);
  });
});

it('trains so many at once that all models together have room in the function', () => {
  const atOnce = (train: PipelineSpec['train']) => {
    const { Train } = Object(pipelineMachine({ ...spec, train }).definition['States']);
    return [...JSON.stringify(Train).matchAll(/"MaxConcurrency":(\d+)/g)].map(([, number]) =>
      Number(number),
    );
  };
  const search = { leaf: [1, 2] };
  const b: TrainedModelSpec = { ...a, model: model('b'), schema: schema('b') };
  expect(atOnce([{ ...a, search }, b, b])).toEqual([8]);
  expect(
    atOnce([
      { ...a, search },
      { ...b, search, shares: { of: 9, rows: 1 } },
    ]),
  ).toEqual([5, 5, 5]);
  const job = { name: 'fit', source: 'x', vCpu: 1, memoryMb: 2048, timeoutSeconds: 60 };
  expect(atOnce([{ ...a, search, job }])).toEqual([20]);
});
