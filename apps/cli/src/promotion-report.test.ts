import type { PhaseReport, PromotionReport } from '@chorus/promotion';
import { expect, it } from 'vitest';
import { renderPromotion } from './promotion-report.ts';

const answers = {
  requests: 40,
  errors: 0,
  errorKinds: {},
  p50: 1.5,
  p95: 2.5,
  p95AtLeast: 2,
};
const phase: PhaseReport = {
  phase: 'shadow',
  weight: 0,
  breaches: [],
  old: answers,
  new: answers,
  divergence: undefined,
  disagreements: [],
  differences: [],
  alias: { old: 0, new: 0 },
  elapsedMs: 1000,
};
const report: PromotionReport = {
  model: 'pets',
  from: { version: 'v1', functionVersion: '1' },
  to: { version: 'v2', functionVersion: '2' },
  outcome: 'live',
  metrics: {},
  reasons: [],
  phases: [],
  durationMs: 1000,
};
const rendered = (change: Partial<PromotionReport>) =>
  renderPromotion({ ...report, ...change }, '');

it('a report says how often classes were other ones, and how far probabilities moved', () => {
  const sure = { shareAtLeast: 0, probabilityAtLeast: null };
  const disagreements = [
    { ...sure, output: 'label', decisions: 40, share: 0.025, probability: null },
    { ...sure, output: 'p', decisions: 40, share: 0, probability: 0.0123 },
  ];
  const lines = rendered({ phases: [{ ...phase, disagreements }] });
  expect(lines).toContain('In the shadow, label differed in 2.5 % of 40 answers.');
  expect(lines).toContain(
    'In the shadow, p differed in 0 % of 40 answers, and a probability moved by 0.0123 on average.',
  );
});

it('a report says how far apart numbers, and answers of any size, were', () => {
  const divergence = { values: 40, mean: 0.5, max: 2, spread: 8 };
  const differences = [{ output: 'boxes', answers: 40, mean: 0.015 }];
  const lines = rendered({ phases: [{ ...phase, divergence, differences }] });
  expect(lines).toContain(
    'In the shadow, predictions were 0.5 apart on average and 2 at most, over 40 values whose spread is 8.',
  );
  expect(lines).toContain('In the shadow, boxes was 1.5 % apart on average, in 40 answers.');
});

it('a report has whatever metrics the manifests have', () => {
  const metrics = {
    accuracy: { old: 0.91, new: 0.93 },
    auc: { old: null, new: 0.9 },
    rmse: { old: 3, new: null },
  };
  expect(rendered({ metrics })).toContain(
    'Measured: accuracy 0.93 (before: 0.91), auc 0.9 (before: -), rmse - (before: 3)',
  );
  expect(rendered({}).join()).not.toContain('Measured');
});
