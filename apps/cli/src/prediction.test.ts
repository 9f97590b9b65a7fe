import { describe, expect, it } from 'vitest';
import { isPrediction, renderPrediction } from './prediction.ts';

const names = ['linear-regression', 'random-forest', 'svr'];
const served = { version: 'v1', durationMs: 1.25, coldStart: true, attempts: 1 };

describe('renderPrediction', () => {
  it('shows rows by models, who answered, and what failed', () => {
    const text = renderPrediction(
      {
        predictions: [
          { 'linear-regression': 30.5, svr: 26.5, ensemble: 28.25 },
          { 'linear-regression': 20, svr: 21, ensemble: 20.5 },
        ],
        models: {
          svr: { version: 'v12', durationMs: 0.5, coldStart: false, attempts: 2 },
          'linear-regression': served,
        },
        failed: { 'random-forest': { error: 'ModelLoadError', message: 'no weights' } },
        requestId: 'r-1',
      },
      names,
    );
    expect(text.split('\n')).toEqual([
      'row  linear-regression     svr  ensemble',
      '1               30.500  26.500    28.250',
      '2               20.000  21.000    20.500',
      '',
      'model              version     ms  start  attempts',
      'linear-regression  v1       1.250  cold          1',
      'svr                v12      0.500  warm          2',
      '',
      'random-forest failed: ModelLoadError: no weights',
      '',
      'request r-1',
    ]);
  });
});

describe('isPrediction', () => {
  it.each([
    [undefined],
    [null],
    ['x'],
    [[]],
    [{}],
    [{ predictions: [] }],
    [{ predictions: 1, models: {}, failed: {} }],
  ])('refuses %j', (body) => {
    expect(isPrediction(body)).toBe(false);
  });
});
