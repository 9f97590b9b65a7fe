import { describe, expect, it } from 'vitest';
import { type RunReport, summarise } from './run-report.ts';

const measured = { value: 1, low: 0.5, high: 2 };
const figures = { rmse: measured, r2: measured };

const report = (more: Partial<RunReport>): Omit<RunReport, 'summary' | 'ended'> => ({
  pipeline: 'prices',
  execution: 'one',
  started: '',
  key: '',
  etag: '',
  size: 0,
  output: '',
  status: 'kept',
  validation: null,
  data: null,
  trained: [],
  evaluation: [],
  published: [],
  approval: null,
  promoted: [],
  ...more,
});

describe('the summary of a run', () => {
  it.each<[Partial<RunReport>, string]>([
    [
      {
        status: 'promoted',
        promoted: [
          { model: 'a', version: 'v2', champion: 'v1', outcome: 'live', reasons: [] },
          { model: 'b', version: 'v3', champion: 'v2', outcome: 'refused', reasons: ['slow'] },
        ],
      },
      'a v2 is live, b v3 is not: slow',
    ],
    [
      {
        evaluation: [
          {
            model: 'a',
            output: '',
            champion: null,
            challenger: figures,
            difference: null,
            rows: 9,
            chosen: false,
            reason: 'not better',
            warnings: [],
          },
        ],
      },
      'a: not better',
    ],
    [
      {
        status: 'refused',
        validation: {
          ok: false,
          rows: 1,
          problems: [
            { rule: 'rows', message: '1 rows: too few', count: 1, first: [] },
            { rule: 'x', message: 'other', count: 1, first: [] },
          ],
        },
      },
      '1 rows: too few; other',
    ],
    [
      { status: 'failed', failure: { step: 'train', error: 'TrainingError', cause: '{}' } },
      'train: TrainingError',
    ],
    [{ status: 'rejected', approval: { approved: false, reason: 'too odd' } }, 'too odd'],
    [{ status: 'rejected', approval: { approved: false, by: 'ada' } }, 'not approved by ada'],
    [
      { status: 'waiting', published: [{ model: 'a', version: 'v2', champion: 'v1' }] },
      'a v2 waits for approval',
    ],
    [{ status: 'running' }, ''],
  ])('of %j is %j', (more, expected) => {
    expect(summarise(report(more))).toBe(expected);
  });
});
