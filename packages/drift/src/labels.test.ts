import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DriftError } from './errors.ts';
import { type Label, labelItem, labelPrefix, liveMetrics, readLabelItem } from './labels.ts';

const label: Label = {
  model: 'churn',
  version: 'v2',
  id: 'a-1',
  row: 0,
  at: '2026-01-01T00:00:00.000Z',
  predicted: 'stays',
  truth: 'leaves',
};

describe('a label', () => {
  it('is read back as it was, and said again overwrites the first', () => {
    const item = labelItem(label, Date.parse('2026-01-02T00:00:00Z'));
    expect(readLabelItem(item)).toEqual(label);
    expect(item).toMatchObject({
      model: 'churn',
      window: '#label#v2#a-1#0',
      expiresAt: Date.parse('2026-04-02T00:00:00Z') / 1000,
    });
    expect(labelItem({ ...label, truth: 'stays' }, 0).window).toBe(item.window);
    expect(item.window.startsWith(labelPrefix('v2'))).toBe(true);
    // What asks for all windows from a moment on gets no labels.
    expect(item.window < '0').toBe(true);
    expect(labelItem({ ...label, version: 'v21' }, 0).window).not.toContain(labelPrefix('v2'));
  });

  it.each(['', '{', '[]', 'null', JSON.stringify({ ...label, truth: null })])(
    'is not read from %s',
    (text) => {
      expect(() => readLabelItem({ label: text })).toThrow(DriftError);
    },
  );
});

describe('the metrics of labels', () => {
  it('of numbers are the root of the mean squared error, the mean error and R squared', () => {
    const labels = [
      { predicted: 1, truth: 2 },
      { predicted: 5, truth: 2 },
      { predicted: 5, truth: 5 },
    ];
    const { labels: count, metrics } = liveMetrics(labels);
    expect(count).toBe(3);
    expect(metrics['rmse']).toEqual({ value: Math.sqrt(10 / 3), better: 'lower' });
    expect(metrics['mae']?.value).toBeCloseTo(4 / 3, 12);
    expect(metrics['r2']).toEqual({ value: expect.closeTo(1 - 10 / 6, 12), better: 'higher' });
    expect(liveMetrics([{ predicted: 1, truth: 2 }]).metrics).not.toHaveProperty('r2');
  });

  it('of classes are the share of the right ones', () => {
    const labels = [label, { predicted: 'stays', truth: 'stays' }, { predicted: 1, truth: '1' }];
    expect(liveMetrics(labels).metrics).toEqual({
      accuracy: { value: 2 / 3, better: 'higher' },
    });
  });

  it('are the same in any order, and none of nothing', () => {
    const pair = fc.record({
      predicted: fc.integer({ min: -9, max: 9 }),
      truth: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(pair), (labels) => {
        const metrics = liveMetrics(labels);
        const reversed = liveMetrics(labels.toReversed());
        expect(reversed.labels).toBe(metrics.labels);
        for (const [name, { value }] of Object.entries(metrics.metrics))
          expect(reversed.metrics[name]?.value).toBeCloseTo(value, 9);
        expect(Object.keys(metrics.metrics).length > 0).toBe(labels.length > 0);
      }),
    );
  });
});
