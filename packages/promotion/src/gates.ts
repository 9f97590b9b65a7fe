import { judgedOnSameRows, type Manifest, type Metric, metricsOf } from '@chorus/registry/manifest';
import type { Compared, Difference } from './compare-answers.ts';
import type { Disagreement } from './decision-sums.ts';
import type { Divergence } from './number-sums.ts';
import type { Summary } from './statistics.ts';

/** Limits that a new version must keep beside the one that is live; shares are 0 to 1. */
export interface Gates {
  /** Fewer requests than this decide nothing good. */
  readonly minimumRequests: number;
  /** How much larger its share of errors may be. */
  readonly errorRate: number;
  /** How many times the old version's p95 its own may be, for sure (99 %), ... */
  readonly p95Ratio: number;
  /** ... and how many milliseconds above it in any case: on a fast model a ratio is noise. */
  readonly p95SlackMs: number;
  /** Mean |new - old|, in standard deviations of the old version's predictions. */
  readonly meanDivergence: number;
  /** The largest |new - old|, in the same unit. */
  readonly maxDivergence: number;
  /** Share of the classes that may be other ones: more than this, for sure (99 %), is too much. */
  readonly disagreement: number;
  /** Mean |new - old| of the probability that moves most in a row, for sure as well. */
  readonly probability: number;
  /** Mean |new - old| / |the longer| of answers whose size may vary. */
  readonly difference: number;
  /** How much worse a metric in its manifest may be: 0.1 is a tenth. */
  readonly worse: number;
}

/**
 * Fit for a model that is trained again on much the same data. Classifiers of four teaching data sets, each trained on two
 * draws of 80 % of the rows, disagreed in 4 to 23 % of rows drawn feature by feature, and moved probabilities by 0.03 to 0.23.
 */
export const defaultGates: Gates = {
  minimumRequests: 20,
  errorRate: 0.01,
  p95Ratio: 1.5,
  p95SlackMs: 25,
  meanDivergence: 0.35,
  maxDivergence: 3,
  disagreement: 0.25,
  probability: 0.25,
  difference: 0.35,
  worse: 0.1,
};

/** A limit that was not kept, and by how much, in a sentence. */
export interface Breach {
  readonly gate: 'requests' | 'errors' | 'p95' | 'divergence' | 'metrics';
  readonly message: string;
}

/** The answers of two versions side by side, summed up. */
export interface Observed extends Compared {
  readonly old: Summary;
  readonly new: Summary;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
const round = (value: number): string => String(Number(value.toPrecision(3)));

/** From how many requests on a p95 is worth stopping for before the time is up: five are then above it. */
const p95Requests = 100;

/**
 * The limits broken so far, worth stopping for at once. Too few requests break nothing yet.
 *
 * @param isOver whether this was all: then too few requests are a breach, and every p95 counts
 */
export function judge(observed: Observed, gates: Gates, isOver: boolean): Breach[] {
  const { old, new: next, divergence, disagreements, differences } = observed;
  if (next.requests < gates.minimumRequests) {
    const message = `only ${next.requests} requests, ${gates.minimumRequests} are needed to judge: give it more time`;
    return isOver ? [{ gate: 'requests', message }] : [];
  }
  const breaches: Breach[] = [...judgeErrors(old, next, gates)];
  if (isOver || next.requests >= p95Requests) breaches.push(...judgeLatency(old, next, gates));
  if (divergence !== undefined) breaches.push(...judgeDivergence(divergence, gates));
  breaches.push(...disagreements.flatMap((each) => judgeDisagreement(each, gates)));
  breaches.push(...differences.flatMap((each) => judgeDifference(each, gates)));
  const isCompared = divergence !== undefined || disagreements.length + differences.length > 0;
  if (isOver && !isCompared && breaches.length === 0)
    breaches.push({ gate: 'divergence', message: 'no request was answered by both versions' });
  return breaches;
}

function judgeErrors(old: Summary, next: Summary, gates: Gates): Breach[] {
  const [before, after] = [old, next].map(({ errors, requests }) => errors / Math.max(1, requests));
  if (before === undefined || after === undefined || after - before <= gates.errorRate) return [];
  const [kind] = Object.entries(next.errorKinds).sort(([, one], [, other]) => other - one);
  const message = `${percent(after)} of its requests failed, ${percent(before)} of the old version's; at most ${percent(gates.errorRate)} more are allowed (${kind?.[0]})`;
  return [{ gate: 'errors', message }];
}

function judgeLatency(old: Summary, next: Summary, gates: Gates): Breach[] {
  if (old.p95 === null || next.p95AtLeast === null) return [];
  const limit = Math.max(old.p95 * gates.p95Ratio, old.p95 + gates.p95SlackMs);
  if (next.p95AtLeast <= limit) return [];
  const message = `its p95 is at least ${round(next.p95AtLeast)} ms, the old version's ${round(old.p95)} ms; at most ${round(limit)} ms are allowed`;
  return [{ gate: 'p95', message }];
}

function judgeDivergence({ mean, max, spread }: Divergence, gates: Gates): Breach[] {
  const limits = [
    ['on average', mean, gates.meanDivergence],
    ['up to', max, gates.maxDivergence],
  ] as const;
  return limits
    .filter(([, difference, limit]) => difference / spread > limit)
    .map(([when, difference, limit]) => ({
      gate: 'divergence',
      message: `its predictions are ${when} ${round(difference)} away from the old version's, ${round(difference / spread)} times their spread of ${round(spread)}; at most ${round(limit)} times is allowed`,
    }));
}

function judgeDisagreement(
  { output, decisions, share, shareAtLeast, probability, probabilityAtLeast }: Disagreement,
  gates: Gates,
): Breach[] {
  const breaches: Breach[] = [];
  if (shareAtLeast > gates.disagreement)
    breaches.push({
      gate: 'divergence',
      message: `its ${output} is another one than the old version's in ${percent(share)} of ${decisions} decisions, so in at least ${percent(shareAtLeast)} of all; at most ${percent(gates.disagreement)} is allowed`,
    });
  if (probability !== null && (probabilityAtLeast ?? 0) > gates.probability)
    breaches.push({
      gate: 'divergence',
      message: `a probability in its ${output} is on average ${round(probability)} away from the old version's; at most ${round(gates.probability)} is allowed`,
    });
  return breaches;
}

function judgeDifference({ output, answers, mean }: Difference, gates: Gates): Breach[] {
  if (mean <= gates.difference) return [];
  const message = `its ${output} is on average ${percent(mean)} away from the old version's, in ${answers} answers; at most ${percent(gates.difference)} is allowed`;
  return [{ gate: 'divergence', message }];
}

/** Tells whether a metric is worse than the old one by more than a share of it. */
function isWorse({ value, better }: Metric, after: number, share: number): boolean {
  const slack = Math.abs(value) * share;
  return better === 'lower' ? after > value + slack : after < value - slack;
}

const titleOf = (metric: string): string => (metric === 'rmse' ? 'RMSE' : metric);

/** Compares what the manifests say of the rows each version was not trained on; nothing where one says nothing. */
export function judgeMetrics(old: Manifest | undefined, next: Manifest, gates: Gates): Breach[] {
  const [before, after] = [metricsOf(old?.training), metricsOf(next.training)];
  const isSame = judgedOnSameRows(old?.training, next.training);
  const rows = isSame ? '' : ' (the two were judged on other rows, so look at more than this)';
  return Object.entries(before).flatMap(([name, metric]) => {
    const twin = after[name];
    if (twin === undefined || twin.better !== metric.better) return [];
    // R squared says the same as the RMSE, in another unit.
    if (name === 'r2' && 'rmse' in after) return [];
    if (!isWorse(metric, twin.value, gates.worse)) return [];
    const how =
      metric.value === 0 ? 'infinitely' : percent(Math.abs(twin.value / metric.value - 1));
    const message = `its ${titleOf(name)} is ${round(twin.value)}, that of ${old?.version} is ${round(metric.value)}: ${how} worse; at most ${percent(gates.worse)} is allowed${rows}`;
    return [{ gate: 'metrics', message }];
  });
}
