import type { ModelTraining, PipelineRun, RunReport } from '@chorus/pipeline-runs';
import { expect, it } from 'vitest';
import { renderRun } from './render-run.ts';

const run: PipelineRun = {
  pipeline: 'prices',
  execution: 'e',
  key: 'training-data/prices/rows.csv',
  etag: 'x',
  size: 1,
  output: 'pipelines/prices/e/',
  started: '2026-01-01T00:00:00.000Z',
  status: 'kept',
  report: 'pipelines/prices/e/report.json',
};

/** The lines about a model's training. */
function linesOf(training: ModelTraining): readonly string[] {
  const report: RunReport = {
    ...run,
    status: 'kept',
    summary: '',
    validation: null,
    data: null,
    trained: [training],
    evaluation: [],
    published: [],
    approval: null,
    promoted: [],
  };
  return renderRun(run, report).slice(2);
}

it.each<[string, ModelTraining, readonly string[]]>([
  ['nothing of one that only was trained', { model: 'a' }, []],
  [
    'why it failed',
    { model: 'a', error: 'TrainingError', cause: 'no rows' },
    ['  a was not trained: TrainingError no rows'],
  ],
  [
    'which options were the best, and which could not be tried',
    {
      model: 'a',
      options: { trees: 9, leaf: 3 },
      tried: [
        { options: { trees: 9, leaf: 1 }, error: 'OptionError' },
        { options: { trees: 9, leaf: 3 }, metrics: { rmse: 2.34567 } },
      ],
    },
    [
      '  a: trees=9 leaf=3 is the best of 2 that were tried, RMSE 2.346 on rows apart',
      '  a: trees=9 leaf=1 could not be tried: OptionError',
    ],
  ],
  [
    'its shares, and those that failed',
    { model: 'a', shares: [{ error: 'Lost' }, { parts: { first: 0, end: 1, of: 2 } }] },
    ['  a was trained in 2 shares, of which 1 failed (Lost) and were done again'],
  ],
  ['its shares', { model: 'a', shares: [{}, {}] }, ['  a was trained in 2 shares']],
])('tells %s', (_what, training, lines) => {
  expect(linesOf(training)).toEqual(lines);
});
