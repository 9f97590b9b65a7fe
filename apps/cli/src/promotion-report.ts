import type { PhaseReport, PromotionReport } from '@chorus/promotion';
import { program } from './program.ts';
import { type Cell, renderTable } from './table.ts';

const percentOf = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
const round = (value: number): string => String(Number(value.toPrecision(3)));

function headline({ model, from, to, outcome }: PromotionReport): string {
  const still = `${from.version} serves all requests`;
  const named = { live: 'is live', 'already-live': 'is live already' };
  switch (outcome) {
    case 'live':
    case 'already-live':
      return `${model} ${to.version} ${named[outcome]} (function version ${to.functionVersion}, before: ${from.version}).`;
    case 'refused':
      return `${model} ${to.version} was refused before any caller's request reached it: ${still}.`;
    case 'rolled-back':
      return `${model} ${to.version} was taken back: ${still}.`;
    case 'interrupted':
      return `The promotion of ${model} ${to.version} was stopped and undone: ${still}.`;
  }
}

function rowsOf(phase: PhaseReport, { from, to }: PromotionReport): Cell[][] {
  const row = (
    name: string,
    version: string,
    { requests, errors, p50, p95 }: PhaseReport['old'],
  ) => [name, version, requests, errors, p50?.toFixed(1), p95?.toFixed(1)];
  return [row(phase.phase, from.version, phase.old), row('', to.version, phase.new)];
}

/** How far apart the answers of both versions were, each kind of output in its own unit. */
function apartIn({ phase, divergence, disagreements, differences }: PhaseReport): string[] {
  return [
    ...(divergence === undefined
      ? []
      : [
          `In the ${phase}, predictions were ${round(divergence.mean)} apart on average and ${round(divergence.max)} at most, over ${divergence.values} values whose spread is ${round(divergence.spread)}.`,
        ]),
    ...disagreements.map(({ output, decisions, share, probability }) => {
      const moved =
        probability === null ? '' : `, and a probability moved by ${round(probability)} on average`;
      return `In the ${phase}, ${output} differed in ${percentOf(share)} of ${decisions} answers${moved}.`;
    }),
    ...differences.map(
      ({ output, answers, mean }) =>
        `In the ${phase}, ${output} was ${percentOf(mean)} apart on average, in ${answers} answers.`,
    ),
  ];
}

function notesOf(seen: PhaseReport, version: string): string[] {
  const { weight, alias } = seen;
  const asked = alias.old + alias.new;
  return [
    ...apartIn(seen),
    ...(weight === 0
      ? []
      : [
          `At ${percentOf(weight)}, ${version} answered ${alias.new} of our ${asked} requests to the alias.`,
        ]),
  ];
}

/** Returns the metrics of both manifests, `Measured: accuracy 0.93 (before: 0.91)`; no line without metrics. */
function metricsIn({ metrics }: PromotionReport): string[] {
  const shown = Object.entries(metrics).map(([name, { old, new: next }]) => {
    const [before, after] = [old, next].map((value) => (value === null ? '-' : round(value)));
    return `${name} ${after} (before: ${before})`;
  });
  return shown.length === 0 ? [] : [`Measured: ${shown.join(', ')}`];
}

/** Renders a promotion's report for people. @param cloud flags that follow proposed commands */
export function renderPromotion(report: PromotionReport, cloud: string): readonly string[] {
  const { model, to, outcome, reasons, phases } = report;
  const table = renderTable(
    ['phase', 'version', 'requests', 'failed', 'p50 ms', 'p95 ms'],
    phases.flatMap((phase) => rowsOf(phase, report)),
  );
  const next =
    outcome === 'live'
      ? `To take it back: ${program} models rollback ${model}${cloud}`
      : `Next: ${program} models list${cloud}`;
  const why = outcome === 'already-live' ? [] : reasons.map((reason) => `  ${reason}`);
  return [
    headline(report),
    ...why,
    ...(phases.length === 0
      ? []
      : ['', table, '', ...phases.flatMap((phase) => notesOf(phase, to.version))]),
    ...metricsIn(report),
    `It took ${(report.durationMs / 1000).toFixed(1)} s.`,
    next,
  ];
}
