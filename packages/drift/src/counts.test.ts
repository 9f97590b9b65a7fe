import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binOf,
  type Counts,
  merge,
  mergeCounts,
  noCounts,
  rowsOf,
  type WindowCounts,
} from './counts.ts';
import { CountsMismatchError, DriftError } from './errors.ts';
import { readWindowItem, windowItem } from './window-item.ts';

const count = fc.nat({ max: 1000 });

const countsOf = (bins: number): fc.Arbitrary<Counts> =>
  fc.record({
    bins: fc.array(count, { minLength: bins, maxLength: bins }),
    missing: count,
    below: count,
    above: count,
    unseen: count,
  });

const moment = fc
  .integer({ min: 0, max: 2 ** 31 })
  .map((seconds) => new Date(seconds * 1000).toISOString());

const window: fc.Arbitrary<WindowCounts> = fc.record({
  model: fc.constant('churn'),
  version: fc.constant('v1'),
  from: moment,
  to: moment,
  rows: count,
  refused: count,
  inputs: fc.dictionary(fc.constantFrom('age', 'plan', '__proto__'), countsOf(4)),
  outputs: fc.dictionary(fc.constantFrom('label'), countsOf(2)),
});

const one: WindowCounts = {
  model: 'churn',
  version: 'v1',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-01T00:05:00.000Z',
  rows: 3,
  refused: 1,
  inputs: { age: { bins: [1, 1], missing: 1, below: 1, above: 0, unseen: 0 } },
  outputs: {},
};

describe('the bin of a number', () => {
  it('is how many edges it exceeds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ noNaN: true })),
        fc.double({ noNaN: true }),
        (list, x) => {
          const edges = list.sort((a, b) => a - b);
          expect(binOf(edges, x)).toBe(edges.filter((edge) => x > edge).length);
          for (const edge of edges)
            expect(binOf(edges, edge)).toBe(edges.filter((each) => edge > each).length);
        },
      ),
    );
  });
});

describe('counts', () => {
  it('add up in any order and grouping, and lose no row', () => {
    fc.assert(
      fc.property(countsOf(3), countsOf(3), countsOf(3), (a, b, c) => {
        expect(mergeCounts(a, b)).toEqual(mergeCounts(b, a));
        expect(mergeCounts(mergeCounts(a, b), c)).toEqual(mergeCounts(a, mergeCounts(b, c)));
        expect(mergeCounts(a, noCounts(3))).toEqual(a);
        expect(rowsOf(mergeCounts(a, b))).toBe(rowsOf(a) + rowsOf(b));
      }),
    );
  });

  it('of other bins do not add up', () => {
    expect(() => mergeCounts(noCounts(2), noCounts(3))).toThrow(CountsMismatchError);
    expect(() => mergeCounts(noCounts(2), noCounts(3))).toThrow('of 2 and of 3 bins');
  });

  it('of a window add up with those of another, also where one has no such column', () => {
    fc.assert(
      fc.property(window, window, window, (a, b, c) => {
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }),
    );
    const later = { ...one, from: one.to, to: '2026-01-01T00:10:00.000Z', inputs: {} };
    expect(merge(later, one)).toEqual({ ...one, to: later.to, rows: 6, refused: 2 });
  });

  it('of two versions, or of two models, do not add up', () => {
    expect(() => merge(one, { ...one, version: 'v2' })).toThrow('churn v1 and of churn v2');
    expect(() => merge(one, { ...one, model: 'fraud' })).toThrow(CountsMismatchError);
  });
});

describe('the item of a window', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(window, (counts) => {
        expect(readWindowItem(windowItem(counts))).toEqual(counts);
      }),
    );
  });

  it('has a key of model, beginning and version, and expires', () => {
    expect(windowItem(one)).toMatchObject({
      model: 'churn',
      window: '2026-01-01T00:00:00.000Z#v1',
      expiresAt: Date.parse('2026-04-01T00:05:00Z') / 1000,
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"model"'],
    ['another value', '[]'],
    ['a count that is no whole number', JSON.stringify({ ...one, rows: 1.5 })],
    ['a count below nothing', JSON.stringify({ ...one, refused: -1 })],
    ['a column without bins', JSON.stringify({ ...one, inputs: { age: {} } })],
  ])('is refused when it keeps %s', (_what, counts) => {
    expect(() => readWindowItem({ counts })).toThrow(DriftError);
  });
});
