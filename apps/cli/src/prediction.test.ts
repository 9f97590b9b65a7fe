import { describe, expect, it } from 'vitest';
import { isPrediction, renderServed } from './prediction.ts';

const names = ['linear-regression', 'random-forest', 'svr'];
const served = { version: 'v1', durationMs: 1.25, coldStart: true, attempts: 1 };

describe('renderServed', () => {
  it('shows who answered, and what failed', () => {
    const text = renderServed(
      {
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
