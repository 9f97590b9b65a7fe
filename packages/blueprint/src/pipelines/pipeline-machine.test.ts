import { describe, expect, it } from 'vitest';
import {
  type Answers,
  type Event,
  evaluationOf,
  fail,
  models,
  run,
  usual,
} from './testing/run-pipeline.ts';

describe('a pipeline run', () => {
  it('publishes and promotes what is better', async () => {
    const { result, reported, asked } = await run();
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'promoted' } });
    expect(reported['promoted']).toMatchObject(
      models.map((name) => ({ model: name, outcome: 'live' })),
    );
    expect(asked).toMatchObject({ train: 2, publish: 1, promote: 2, report: 1 });
  });

  it('publishes no more than what is better', async () => {
    const { reported } = await run({ evaluate: () => evaluationOf(['b']) });
    expect(reported['promoted']).toMatchObject([{ model: 'b' }]);
  });

  it.each<[string, Answers, string]>([
    ['known', { claim: () => ({ key: 'k', first: { execution: 'x' } }) }, 'validate'],
    ['refused', { validate: () => ({ ok: false, problems: [] }) }, 'process'],
    ['kept', { evaluate: () => evaluationOf([]) }, 'publish'],
    [
      'kept',
      {
        promote: ({ models: given }) => ({
          promoted: (given as readonly object[]).map((each) => ({
            ...each,
            outcome: 'refused',
            reasons: ['slow'],
          })),
        }),
      },
      'ask',
    ],
  ])('ends as %s, and goes no further', async (status, answers, step) => {
    const ended = await run(answers);
    expect(ended.result).toMatchObject({ status: 'SUCCEEDED', output: { status } });
    expect(ended.asked).not.toHaveProperty(step);
  });

  /** A promotion in which another version of b became live before, the first time that it is asked for. */
  const changedOnce = ({ models: given }: Event, before: number) => ({
    promoted: (given as readonly { readonly model: string }[]).map(({ model: name }) =>
      name === 'b' && before < models.length
        ? { model: name, outcome: 'changed', reasons: ['v3 is live'] }
        : { model: name, outcome: 'live', reasons: [] },
    ),
  });

  /** An evaluation of the models that it is asked about: at first each is chosen, and then those that are named. */
  const chosenThen =
    (later: readonly string[]) =>
    ({ models: given }: Event, before: number) => ({
      models: (given as readonly { readonly model: string }[]).map(({ model: name }) => ({
        model: name,
        chosen: before === 0 || later.includes(name),
        champion: before === 0 ? 'v1' : 'v3',
      })),
    });

  it('compares again what another version became live of meanwhile, and keeps what it made live before', async () => {
    const once = await run({ evaluate: chosenThen([]), promote: changedOnce });
    expect(once.result).toMatchObject({ output: { status: 'promoted' } });
    expect(once.asked).toMatchObject({ evaluate: 2, publish: 1, promote: 2 });
    expect(once.reported['promoted']).toEqual([
      { model: 'a', outcome: 'live', reasons: [] },
      { model: 'b', outcome: 'changed', reasons: ['v3 is live'] },
    ]);
    const twice = await run({ evaluate: chosenThen(models), promote: changedOnce });
    expect(twice.asked).toMatchObject({ evaluate: 2, publish: 2, promote: 3 });
    expect(twice.reported['promoted']).toEqual([
      { model: 'a', outcome: 'live', reasons: [] },
      { model: 'b', outcome: 'live', reasons: [] },
    ]);
  });

  it('reports of each model the evaluation that it was promoted by', async () => {
    const { reported } = await run({ evaluate: chosenThen(models), promote: changedOnce });
    expect(reported['evaluation']).toEqual([
      { model: 'a', chosen: true, champion: 'v1' },
      { model: 'b', chosen: true, champion: 'v3' },
    ]);
  });

  it('that waits for a person asks once more when another version became live meanwhile', async () => {
    const { result, asked } = await run(
      { evaluate: chosenThen(models), promote: changedOnce },
      { promotion: 'approval' },
    );
    expect(result).toMatchObject({ output: { status: 'promoted' } });
    expect(asked).toMatchObject({ evaluate: 2, ask: 2 });
  });

  it('of which one version cannot be promoted fails, and its report says which are live', async () => {
    const { result, reported } = await run({
      promote: (event, before) =>
        before === 0 ? usual['promote']?.(event, before) : fail('BrokenError')(),
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'BrokenError' });
    expect(reported).toMatchObject({
      status: 'failed',
      failure: { step: 'promote', error: 'BrokenError', cause: '{"errorMessage":"why"}' },
      promoted: [
        { model: 'a', version: 'v2', outcome: 'live' },
        { model: 'b', version: 'v2', outcome: 'failed' },
      ],
    });
  });

  it('asks for each version by itself, and says how it is tried out', async () => {
    const seen: Event[] = [];
    const trial = { shadowSeconds: 5, canarySeconds: 10, limits: { meanDivergence: 2 } };
    await run(
      {
        promote(event, before) {
          seen.push(event);
          return usual['promote']?.(event, before);
        },
      },
      { promotion: 'canary', trial },
    );
    expect(seen).toMatchObject(
      models.map((name) => ({ promotion: 'canary', trial, models: [{ model: name }] })),
    );
  });

  it('goes on with the models that could be trained, and fails when none could', async () => {
    const some = await run({
      train: (event) =>
        JSON.stringify(event).includes('candidates/a/') ? fail('TrainingError')() : { metrics: {} },
      evaluate: ({ models: given }) => ({
        models: (given as readonly object[]).map((each) => ({ ...each, chosen: true })),
      }),
    });
    expect(some.reported).toMatchObject({
      status: 'promoted',
      trained: [{ model: 'a', error: 'TrainingError' }, { model: 'b' }],
      promoted: [{ model: 'b' }],
    });
    const none = await run({ train: fail('TrainingError') });
    expect(none.result).toMatchObject({ status: 'FAILED', error: 'TrainingError' });
    expect(none.reported).toMatchObject({ status: 'failed', failure: { step: 'train' } });
  });

  it.each(['validate', 'process', 'evaluate', 'publish', 'promote'])(
    'that fails at %s says so in its report',
    async (step) => {
      const { result, reported } = await run({ [step]: fail('BrokenError') });
      expect(result).toMatchObject({ status: 'FAILED', error: 'BrokenError' });
      expect(reported).toMatchObject({
        status: 'failed',
        failure: { step, error: 'BrokenError', cause: '{"errorMessage":"why"}' },
      });
    },
  );

  it.each(['Runtime.ExitError', 'LockedError', 'Lambda.TooManyRequestsException'])(
    'tries again what ended with %s',
    async (error) => {
      const { result, asked } = await run({
        promote: (event, before) =>
          before === 0 ? fail(error)() : usual['promote']?.(event, before),
      });
      expect(result.status).toBe('SUCCEEDED');
      expect(asked['promote']).toBe(models.length + 1);
    },
  );

  it('waits for a person, whose word counts', async () => {
    const approved = await run({}, { promotion: 'approval' });
    expect(approved.reported).toMatchObject({ status: 'promoted', approval: { by: 'ada' } });
    const rejected = await run({ ask: () => ({ approved: false }) }, { promotion: 'approval' });
    expect(rejected.reported).toMatchObject({ status: 'rejected', promoted: [] });
    expect(rejected.asked).not.toHaveProperty('promote');
    const silent = await run({ ask: fail('States.Timeout') }, { promotion: 'approval' });
    expect(silent.reported).toMatchObject({
      status: 'rejected',
      approval: { reason: 'nothing was heard for 7 days' },
    });
  });
});
