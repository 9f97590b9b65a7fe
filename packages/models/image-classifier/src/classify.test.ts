import type { ImageSection } from '@chorus/registry/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';

type Output = ImageSection['output'];

/** Returns a section with one label for each of the classes, or with the labels given. */
function sectionOf(
  output: Partial<Output>,
  labels: ImageSection['labels'] | number,
  threshold = 0,
): Omit<ImageSection, 'input'> {
  return {
    output: { name: 'scores', activation: 'softmax', ...output },
    labels:
      typeof labels === 'number'
        ? Array.from({ length: labels }, (_, index) => ({ name: `l${index}`, indices: [index] }))
        : labels,
    threshold,
  };
}

const probabilitiesOf = (found: ReturnType<typeof classify>) =>
  found.ranking.map(({ probability }) => probability);

describe('logits', () => {
  it('become probabilities, the most probable label first', () => {
    const { label, ranking } = classify([0, Math.log(3), Math.log(6)], undefined, sectionOf({}, 3));
    expect(label).toBe('l2');
    expect(ranking).toEqual([
      { label: 'l2', probability: expect.closeTo(0.6, 12) },
      { label: 'l1', probability: expect.closeTo(0.3, 12) },
      { label: 'l0', probability: expect.closeTo(0.1, 12) },
    ]);
  });

  it('are divided by the temperature first', () => {
    const found = classify([0, 4 * Math.log(3)], undefined, sectionOf({ temperature: 4 }, 2));
    expect(probabilitiesOf(found)).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
  });

  it('of independent classes go through the sigmoid, with the temperature', () => {
    // sigmoid(ln 3) = 3/4, sigmoid(-ln 3) = 1/4
    const section = sectionOf({ activation: 'sigmoid', temperature: 2 }, 2);
    const found = classify([-2 * Math.log(3), 2 * Math.log(3)], undefined, section);
    expect(found.label).toBe('l1');
    expect(probabilitiesOf(found)).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
    expect(found.detection).toBeCloseTo(0.75, 12);
  });

  it('may be as large as float32 allows', () => {
    const found = classify([3e38, -3e38, 0], undefined, sectionOf({}, 3));
    expect(probabilitiesOf(found)).toEqual([1, 0, 0]);
    const sigmoid = sectionOf({ activation: 'sigmoid' }, 2);
    expect(probabilitiesOf(classify([-3e38, -3e38], undefined, sigmoid))).toEqual([0.5, 0.5]);
  });
});

describe('labels of several classes', () => {
  const labels = [
    { name: 'dog', indices: [4] },
    { name: 'cat', indices: [1, 2, 3] },
  ];

  it('have the sum of their probabilities, and share what is left', () => {
    const scores = [0.5, 0.1, 0.1, 0.1, 0.2];
    const found = classify(scores, undefined, sectionOf({ activation: 'none' }, labels));
    expect(found.label).toBe('cat');
    expect(found.ranking).toEqual([
      { label: 'cat', probability: expect.closeTo(0.6, 12) },
      { label: 'dog', probability: expect.closeTo(0.4, 12) },
    ]);
  });

  it('are detected with what classes that nobody names leave them', () => {
    const scores = [0.5, 0.1, 0.1, 0.1, 0.2];
    const section = sectionOf({ activation: 'none' }, labels);
    expect(classify(scores, undefined, section).detection).toBeCloseTo(0.5, 12);
    const logits = scores.map(Math.log);
    expect(classify(logits, undefined, sectionOf({}, labels)).detection).toBeCloseTo(0.5, 12);
  });
});

describe('what is no label', () => {
  const section = {
    ...sectionOf({ activation: 'none', detection: 'seen' }, 2, 0.5),
    others: [
      { name: 'lion', indices: [2] },
      { name: 'tiger', indices: [3, 4] },
    ],
  };

  it('is named where all of it is more probable than the best label', () => {
    const { label, ranking, other } = classify([0.3, 0.2, 0.1, 0.25, 0.15], 0.9, section);
    expect({ label, other }).toEqual({
      label: '',
      other: { label: 'tiger', probability: expect.closeTo(0.5, 12) },
    });
    expect(ranking).toEqual([
      { label: 'l0', probability: expect.closeTo(0.3, 12) },
      { label: 'l1', probability: expect.closeTo(0.2, 12) },
    ]);
  });

  it('gives way to a label that is as probable', () => {
    const { label, other } = classify([0.4, 0.2, 0.4, 0, 0], 0.9, section);
    expect({ label, other }).toEqual({ label: 'l0', other: { label: '', probability: 0.4 } });
  });

  it('has no name either where nothing is detected', () => {
    const { label, other } = classify([0.1, 0.1, 0.8, 0, 0], 0.4, section);
    expect({ label, other }).toEqual({ label: '', other: { label: '', probability: 0.8 } });
  });

  it('has to be among the classes', () => {
    expect(() => classify([0.5, 0.5], 0.9, section)).toThrow('has 2 classes; lion is class 2');
  });
});

describe('detection', () => {
  const section = { ...sectionOf({ activation: 'none', detection: 'seen' }, 2), threshold: 0.4 };

  it('below the threshold leaves the photo without a label, and says how near it was', () => {
    const found = classify([0.9, 0.1], 0.39, section);
    expect(found).toMatchObject({ label: '', detection: 0.39 });
    expect(found.ranking[0]).toEqual({ label: 'l0', probability: 0.9 });
  });

  it('at the threshold gives the label', () => {
    expect(classify([0.9, 0.1], 0.4, section).label).toBe('l0');
  });

  it('comes from the graph where the manifest says so, not from the classes', () => {
    expect(classify([0.1, 0.1], 0.8, section)).toMatchObject({ label: 'l0', detection: 0.8 });
    expect(classify([0.1, 0.1], undefined, section)).toMatchObject({ label: '', detection: 0.2 });
  });
});

describe('numbers that no classifier should give', () => {
  it.each([
    ['NaN', [0, Number.NaN], 'output scores holds NaN at class 1'],
    ['an infinity', [Number.POSITIVE_INFINITY, 0], 'output scores holds Infinity at class 0'],
    ['too few', [1], 'output scores has 1 classes; l1 is class 1'],
  ])('(%s) are a fault of ours', (_name, scores, message) => {
    expect(() => classify(scores, undefined, sectionOf({}, 2))).toThrow(message);
    expect(() => classify(scores, undefined, sectionOf({}, 2))).toThrow(
      expect.objectContaining({ name: 'InternalError' }),
    );
  });

  it('are logits where the manifest says probabilities', () => {
    const section = sectionOf({ activation: 'none' }, 2);
    const message = 'which is no probability: see activation in its manifest';
    expect(() => classify([-2.5, 0.5], undefined, section)).toThrow(message);
    expect(() => classify([1.5, 0.5], undefined, section)).toThrow(message);
    expect(() => classify([1, 0], 7, section)).toThrow('holds 7');
    expect(() => classify([1, 0], Number.NaN, section)).toThrow('holds NaN');
  });

  it('but rounding is forgiven', () => {
    const found = classify([1.0000002, -1e-7], 1.0000002, sectionOf({ activation: 'none' }, 2));
    expect(found).toMatchObject({ label: 'l0', detection: 1 });
    expect(probabilitiesOf(found)).toEqual([1, 0]);
  });
});

describe('whatever a graph says', () => {
  const logits = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 2,
    maxLength: 40,
  });
  const activation = fc.constantFrom('softmax' as const, 'sigmoid' as const);
  const temperature = fc.double({ min: 0.1, max: 10, noNaN: true });

  it('has probabilities that sum to 1, sorted, and a detection from 0 to 1', () => {
    fc.assert(
      fc.property(logits, activation, temperature, (scores, activation, temperature) => {
        const section = sectionOf({ activation, temperature }, scores.length);
        const found = classify(scores, undefined, section);
        const probabilities = probabilitiesOf(found);
        expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
        expect(probabilities.every((one) => one >= 0 && one <= 1)).toBe(true);
        expect(found.detection).toBeGreaterThanOrEqual(0);
        expect(found.detection).toBeLessThanOrEqual(1);
        expect(found.label).toBe(found.ranking[0]?.label);
      }),
    );
  });

  it('shares 1 among the labels and what is no label, whichever classes are which', () => {
    fc.assert(
      fc.property(logits, fc.nat({ max: 40 }), activation, (scores, cut, activation) => {
        const all = sectionOf({ activation }, scores.length);
        const at = 1 + (cut % scores.length);
        const [labels, others] = [all.labels.slice(0, at), all.labels.slice(at)];
        const found = classify(scores, undefined, { ...all, labels, others });
        const sum = probabilitiesOf(found).reduce((total, one) => total + one, 0);
        expect(sum + found.other.probability).toBeCloseTo(1, 9);
        const named = [found.label, found.other.label].filter((name) => name !== '');
        expect(named).toHaveLength(1);
        const best = Math.max(...probabilitiesOf(found));
        expect(found.label !== '').toBe(best >= found.other.probability);
      }),
    );
  });

  it('is the same with labels in another order', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2 });
    fc.assert(
      fc.property(distinct, activation, (scores, activation) => {
        const { labels, ...section } = sectionOf({ activation }, scores.length);
        const there = classify(scores, undefined, { ...section, labels });
        const back = classify(scores, undefined, { ...section, labels: labels.toReversed() });
        // Labels may tie where the activation saturates; their probabilities still agree.
        const places = new Map(back.ranking.map((one) => [one.label, one.probability]));
        for (const { label, probability } of there.ranking) {
          expect(places.get(label)).toBeCloseTo(probability, 9);
        }
        expect(back.detection).toBeCloseTo(there.detection, 9);
      }),
    );
  });

  it('is the same with a number added to all logits before a softmax', () => {
    const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: -1000, max: 1000 }), (scores, shift) => {
        const section = sectionOf({}, scores.length);
        const plain = classify(scores, undefined, section);
        const shifted = classify(
          scores.map((score) => score + shift),
          undefined,
          section,
        );
        expect(shifted).toEqual(plain);
      }),
    );
  });

  it('ranks as the graph does, whatever the temperature', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 2 });
    fc.assert(
      fc.property(distinct, activation, temperature, (scores, activation, temperature) => {
        const section = sectionOf({ activation, temperature }, scores.length);
        const best = scores.indexOf(Math.max(...scores));
        const { ranking } = classify(scores, undefined, section);
        const first = ranking.filter(({ probability }) => probability === ranking[0]?.probability);
        expect(first.map(({ label }) => label)).toContain(`l${best}`);
      }),
    );
  });
});
