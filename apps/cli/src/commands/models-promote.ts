import type { PromotionPlan } from '@chorus/promotion';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { parseAmount, parseDuration, parsePercent } from '../durations.ts';
import { readSettings } from '../env.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { renderPromotion } from '../promotion-report.ts';
import { findTarget } from '../target.ts';

const flags = {
  shadow: {
    type: 'string',
    value: 'duration',
    description: 'compare both versions unseen by callers first. Default: 30s',
  },
  canary: {
    type: 'string',
    value: 'percent',
    description: 'share of requests the new version then gets. Default: 10%',
  },
  for: { type: 'string', value: 'duration', description: 'how long it gets them. Default: 1m' },
  rate: {
    type: 'string',
    value: 'n',
    description: 'sampled requests a second to each version. Default: 10',
  },
  'max-errors': {
    type: 'string',
    value: 'percent',
    description: 'more of its requests may not fail than of the old version. Default: 1%',
  },
  'max-p95': {
    type: 'string',
    value: 'n',
    description: "its p95, times the old version's (25 ms more are always allowed). Default: 1.5",
  },
  'max-divergence': {
    type: 'string',
    value: 'n',
    description:
      "mean difference, in standard deviations of the old version's predictions. Default: 0.35",
  },
  'max-disagreement': {
    type: 'string',
    value: 'percent',
    description: 'share of answers that may name another class. Default: 25%',
  },
  'max-probability': {
    type: 'string',
    value: 'n',
    description: 'mean difference of the probability that moves most. Default: 0.25',
  },
  'max-difference': {
    type: 'string',
    value: 'percent',
    description: 'mean difference of answers whose size varies. Default: 35%',
  },
  'max-worse': {
    type: 'string',
    value: 'percent',
    description: 'how much worse a metric in its manifest may be. Default: 10%',
  },
  force: { type: 'boolean', description: 'go on although its manifest says that it is worse' },
  ...cloudFlags,
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, version] = takeArguments(['name', 'version'], positionals);
  await findModel(name);
  const [{ promote, defaultPlan }, { promotionTarget }] = await Promise.all([
    import('@chorus/promotion'),
    import('../live.ts'),
  ]);
  const plan = planOf(values, defaultPlan);
  const target = await findTarget(readSettings(io.env), values);
  const signal = io.interruption?.();
  const report = await withCloud(target, async (cloud) =>
    promote(await promotionTarget(cloud, name), version, {
      plan,
      report: (line) => note(io, line),
      observed: (phase, seen, gates) => io.measured?.({ phase, seen, gates }),
      ...(signal !== undefined && { signal }),
    }),
  );
  if (values.json === true) printJson(io, report);
  else print(io, ...renderPromotion(report, target.flags));
  return report.outcome === 'live' || report.outcome === 'already-live' ? 0 : 1;
}

/** The flags that change a plan. */
type PlanFlag =
  | 'shadow'
  | 'canary'
  | 'for'
  | 'rate'
  | 'max-errors'
  | 'max-p95'
  | 'max-divergence'
  | 'max-disagreement'
  | 'max-probability'
  | 'max-difference'
  | 'max-worse';

/**
 * Returns the plan that the flags ask for, of what they leave out the usual one.
 *
 * @throws {UsageError} naming the flag that makes no sense
 */
export function planOf(
  values: { readonly [Flag in PlanFlag]?: string } & { readonly force?: boolean },
  plan: PromotionPlan,
): PromotionPlan {
  const read = <Of>(
    flag: PlanFlag,
    parse: (flag: string, text: string) => Of,
    otherwise: Of,
  ): Of => {
    const text = values[flag];
    return text === undefined ? otherwise : parse(flag, text);
  };
  const { gates } = plan;
  const anyPercent = (flag: string, text: string) => parsePercent(flag, text, Infinity);
  return {
    shadowMs: read('shadow', parseDuration, plan.shadowMs),
    canaryWeight: read('canary', parsePercent, plan.canaryWeight),
    canaryMs: read('for', parseDuration, plan.canaryMs),
    rate: read('rate', parseAmount, plan.rate),
    force: values.force === true,
    gates: {
      ...gates,
      errorRate: read('max-errors', parsePercent, gates.errorRate),
      p95Ratio: read('max-p95', parseAmount, gates.p95Ratio),
      meanDivergence: read('max-divergence', parseAmount, gates.meanDivergence),
      disagreement: read('max-disagreement', parsePercent, gates.disagreement),
      probability: read('max-probability', parseAmount, gates.probability),
      difference: read('max-difference', anyPercent, gates.difference),
      worse: read('max-worse', anyPercent, gates.worse),
    },
  };
}

/** `chorus models promote`: makes a version live by degrees. */
export const modelsPromote: Command = {
  name: 'models promote',
  operands: '<name> <version>',
  summary: 'make a version live by degrees, and take it back when it is worse',
  details: [
    'Shadow: both versions answer the same sampled requests, unseen by callers. Canary: a share of',
    'requests is its. Errors, p95 or answers beyond the limits end it, and nothing has changed. Which',
    'limits count is up to the outputs: classes, probabilities or numbers. Ctrl-C takes everything back.',
    'Requests are drawn from the statistics in the manifests, or vary their examples: real ones are not',
    'kept. 0s and 0% leave a phase out.',
    'chorus models promote <model> v7 --shadow 5m --canary 10% --for 10m',
  ],
  flags,
  run,
};
