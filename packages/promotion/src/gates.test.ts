import type { Manifest, TrainingMetrics } from '@chorus/registry/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultGates, judge, judgeMetrics, type Observed } from './gates.ts';
import type { Summary } from './statistics.ts';

const good: Summary = {
  requests: 200,
  errors: 0,
  errorKinds: {},
  p50: 5,
  p95: 10,
  p95AtLeast: 9,
};
/** Returns a summary whose p95 is surely at least so many milliseconds. */
const slow = (p95AtLeast: number, requests = 200): Summary => ({
  ...good,
  requests,
  p95: 2 * p95AtLeast,
  p95AtLeast,
});
const divergence = { values: 200, mean: 0.5, max: 4, spread: 5 };
const alike: Observed = {
  old: good,
  new: good,
  divergence,
  disagreements: [],
  differences: [],
};

const broken = (change: Partial<Observed>, isOver = true) =>
  judge({ ...alike, ...change }, defaultGates, isOver).map(({ gate }) => gate);
const failing = (errors: number): Summary => ({
  ...good,
  errors,
  errorKinds: { 'ModelLoadError: gone': errors },
});

describe('what was observed', () => {
  it('breaks nothing when the two are alike', () => {
    expect(broken({})).toEqual([]);
    expect(broken({}, false)).toEqual([]);
  });

  it('breaks the error gate when more fail than of the old version, and names the error', () => {
    expect(broken({ new: failing(2) })).toEqual([]);
    expect(broken({ new: failing(3) })).toEqual(['errors']);
    expect(judge({ ...alike, new: failing(3) }, defaultGates, false)[0]?.message).toBe(
      "1.5 % of its requests failed, 0 % of the old version's; at most 1 % more are allowed (ModelLoadError: gone)",
    );
  });

  it('does not blame the new version for what befalls both', () => {
    expect(broken({ old: failing(100), new: failing(101) })).toEqual([]);
  });

  it('breaks the p95 gate above both the ratio and the slack', () => {
    expect(broken({ new: slow(35) })).toEqual([]);
    expect(broken({ new: slow(35.1) })).toEqual(['p95']);
    const old = { ...good, p95: 1000 };
    expect(broken({ old, new: slow(1500) })).toEqual([]);
    expect(broken({ old, new: slow(1500.1) })).toEqual(['p95']);
    expect(judge({ ...alike, new: slow(36) }, defaultGates, true)[0]?.message).toBe(
      "its p95 is at least 36 ms, the old version's 10 ms; at most 35 ms are allowed",
    );
  });

  it('does not break the p95 gate when nothing was answered to measure', () => {
    expect(broken({ new: { ...good, p95: null, p95AtLeast: null } })).toEqual([]);
    expect(broken({ old: { ...good, p95: null, p95AtLeast: null }, new: slow(999) })).toEqual([]);
  });

  it('stops for a p95 early only when it is made of many requests', () => {
    expect(broken({ new: slow(500, 99) }, false)).toEqual([]);
    expect(broken({ new: slow(500, 99) }, true)).toEqual(['p95']);
    expect(broken({ new: slow(500, 100) }, false)).toEqual(['p95']);
  });

  it('breaks the divergence gate on average or once, by the spread of the predictions', () => {
    expect(broken({ divergence: { ...divergence, mean: 1.8 } })).toEqual(['divergence']);
    expect(broken({ divergence: { ...divergence, max: 16 } })).toEqual(['divergence']);
    expect(broken({ divergence: { ...divergence, mean: 1.8, spread: 10 } })).toEqual([]);
  });

  it('breaks nothing at exactly the limits of the divergence', () => {
    const { meanDivergence, maxDivergence } = defaultGates;
    const spread = 4;
    const at = {
      ...divergence,
      spread,
      mean: meanDivergence * spread,
      max: maxDivergence * spread,
    };
    expect(broken({ divergence: at })).toEqual([]);
    expect(broken({ divergence: { ...at, mean: at.mean + 0.001 } })).toEqual(['divergence']);
    expect(broken({ divergence: { ...at, max: at.max + 0.001 } })).toEqual(['divergence']);
  });

  it('is enough to judge with just as many requests as are needed', () => {
    const { minimumRequests } = defaultGates;
    expect(broken({ new: { ...good, requests: minimumRequests } })).toEqual([]);
    expect(broken({ new: { ...good, requests: minimumRequests - 1 } })).toEqual(['requests']);
  });

  const classes = {
    output: 'label',
    decisions: 50,
    share: 0.4,
    shareAtLeast: 0.25,
    probability: 0.3,
    probabilityAtLeast: 0.25,
  };
  const classified = { divergence: undefined, disagreements: [classes] };

  it('breaks the divergence gate when more classes are other ones than is allowed', () => {
    expect(broken(classified)).toEqual([]);
    const disagreements = [{ ...classes, shareAtLeast: 0.26 }];
    const [breach] = judge({ ...alike, ...classified, disagreements }, defaultGates, true);
    expect(breach).toEqual({
      gate: 'divergence',
      message:
        "its label is another one than the old version's in 40 % of 50 decisions, so in at least 26 % of all; at most 25 % is allowed",
    });
    expect(broken({ disagreements }, false)).toEqual(['divergence']);
  });

  it('breaks the divergence gate when probabilities are further away than is allowed', () => {
    const disagreements = [{ ...classes, probabilityAtLeast: 0.26 }];
    expect(broken({ ...classified, disagreements })).toEqual(['divergence']);
    const unknown = [{ ...classes, probability: null, probabilityAtLeast: null }];
    expect(broken({ ...classified, disagreements: unknown })).toEqual([]);
  });

  it('breaks the divergence gate when answers of varying size are too different', () => {
    const difference = { output: 'boxes', answers: 30, mean: 0.35 };
    const seen = (mean: number) => ({
      divergence: undefined,
      differences: [{ ...difference, mean }],
    });
    expect(broken(seen(0.35))).toEqual([]);
    expect(judge({ ...alike, ...seen(0.5) }, defaultGates, true)[0]?.message).toBe(
      "its boxes is on average 50 % away from the old version's, in 30 answers; at most 35 % is allowed",
    );
  });

  it('names the error that is most frequent', () => {
    const next = { ...failing(9), errorKinds: { seldom: 1, often: 5, sometimes: 3 } };
    expect(judge({ ...alike, new: next }, defaultGates, true)[0]?.message).toContain('(often)');
  });

  it('is too little to promote on, and too little to stop for, when there are few requests', () => {
    const few = { ...failing(5), requests: 5 };
    expect(broken({ new: few }, false)).toEqual([]);
    expect(broken({ new: few }, true)).toEqual(['requests']);
  });

  it('is nothing to promote on when no two answers could be compared', () => {
    expect(broken({ divergence: undefined }, true)).toEqual(['divergence']);
    expect(broken({ divergence: undefined }, false)).toEqual([]);
  });

  it('never passes a version that fails more than the gate allows, whatever else is seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (requests, failed) => {
          const errors = Math.min(failed, requests);
          const next = { ...good, requests, errors, errorKinds: { Error: errors } };
          const isTooMany = errors / requests > defaultGates.errorRate;
          expect(broken({ new: next }).includes('errors')).toBe(isTooMany);
        },
      ),
    );
  });
});

describe('what the manifests say', () => {
  const manifest = (rmse: number, seed = 0): Manifest => ({
    format: 1,
    name: 'forest',
    version: 'v1',
    file: { name: 'model.onnx', bytes: 1, sha256: 'a' },
    schema: { name: 'forest', inputs: [], outputs: [], maxBatch: 1 },
    training: {
      dataset: { name: 'boston', rows: 506, sha256: 'b' },
      trainer: 'random-forest',
      options: {},
      seed,
      split: { trainRows: 404, testRows: 102 },
      metrics: { rmse, r2: 0.9 },
      parity: 0,
      reference: [],
    },
  });

  it('breaks the gate when the RMSE is more than a tenth worse', () => {
    expect(judgeMetrics(manifest(3), manifest(3.29), defaultGates)).toEqual([]);
    expect(judgeMetrics(manifest(3), manifest(2), defaultGates)).toEqual([]);
    expect(judgeMetrics(manifest(3), manifest(3.6), defaultGates)).toEqual([
      {
        gate: 'metrics',
        message: 'its RMSE is 3.6, that of v1 is 3: 20 % worse; at most 10 % is allowed',
      },
    ]);
  });

  it('breaks the gate above just a tenth, and of a perfect one at once', () => {
    expect(judgeMetrics(manifest(4), manifest(4.4), defaultGates)).toEqual([]);
    expect(judgeMetrics(manifest(4), manifest(4.4001), defaultGates)).toHaveLength(1);
    expect(judgeMetrics(manifest(0), manifest(0), defaultGates)).toEqual([]);
    expect(judgeMetrics(manifest(0), manifest(1), defaultGates)[0]?.message).toContain(
      'infinitely worse',
    );
  });

  it('says so when the two were judged on other rows', () => {
    const [breach] = judgeMetrics(manifest(3), manifest(4, 1), defaultGates);
    expect(breach?.message).toContain('judged on other rows');
  });

  const measured = (metrics: TrainingMetrics): Manifest => ({
    ...manifest(0),
    training: { metrics },
  });
  const accuracy = (value: number) => measured({ accuracy: { value, better: 'higher' } });

  it('breaks the gate by any metric that both have, in its direction', () => {
    expect(judgeMetrics(accuracy(0.9), accuracy(0.99), defaultGates)).toEqual([]);
    expect(judgeMetrics(accuracy(0.9), accuracy(0.82), defaultGates)).toEqual([]);
    expect(judgeMetrics(accuracy(0.9), accuracy(0.6), defaultGates)).toEqual([
      {
        gate: 'metrics',
        message: 'its accuracy is 0.6, that of v1 is 0.9: 33.3 % worse; at most 10 % is allowed',
      },
    ]);
    const loss = (value: number) => measured({ loss: { value, better: 'lower' } });
    expect(judgeMetrics(loss(-2), loss(-3), defaultGates)).toEqual([]);
    expect(judgeMetrics(loss(-2), loss(-1), defaultGates)[0]?.message).toContain('50 % worse');
    expect(judgeMetrics(loss(1), accuracy(0), defaultGates)).toEqual([]);
    const opposite = measured({ loss: { value: 9, better: 'higher' } });
    expect(judgeMetrics(loss(1), opposite, defaultGates)).toEqual([]);
  });

  it('judges R squared only without an RMSE beside it', () => {
    expect(judgeMetrics(measured({ r2: 0.9 }), measured({ r2: 0.5 }), defaultGates)).toHaveLength(
      1,
    );
    const both = (r2: number) => measured({ rmse: 1, r2 });
    expect(judgeMetrics(both(0.9), both(0.5), defaultGates)).toEqual([]);
  });

  it('is no judgement when one says nothing', () => {
    const { training: _, ...silent } = manifest(3);
    expect(judgeMetrics(silent, manifest(9), defaultGates)).toEqual([]);
    expect(judgeMetrics(manifest(3), silent, defaultGates)).toEqual([]);
    expect(judgeMetrics(undefined, manifest(9), defaultGates)).toEqual([]);
  });
});
