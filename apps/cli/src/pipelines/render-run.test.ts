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

/** A report of a run that trained one model. */
function reportOf(training: ModelTraining): RunReport {
  return {
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
}

/** The lines about a model's training. */
const linesOf = (training: ModelTraining): readonly string[] =>
  renderRun(run, reportOf(training)).slice(2);

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

it('names each problem of a file once', () => {
  const message = "No column 'price'; the file has rooms";
  const problems = [{ rule: 'column-missing', column: 'price', message, count: 1, first: [] }];
  const report = { ...reportOf({ model: 'a' }), status: 'refused', summary: message } as const;
  const validation = { ok: false, rows: 0, problems };
  const lines = renderRun(
    { ...run, status: 'refused', summary: message },
    { ...report, validation },
  );
  expect(lines.filter((line) => line.includes(message))).toEqual([`  ${message}`]);
});
