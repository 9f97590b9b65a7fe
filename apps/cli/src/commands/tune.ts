import type { Architecture } from '@chorus/cost';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { stageSpec } from '../stages.ts';
import { renderTable } from '../table.ts';
import { findTarget, type Target } from '../target.ts';
import { drawCurve } from '../tune/draw-curve.ts';
import type { InvocationReport } from '../tune/read-report.ts';
import {
  type Advice,
  advise,
  durationWithShare,
  isMeasured,
  oneProcessorMb,
  type SizeResult,
  sumUp,
  usualSizes,
} from '../tune/sizes.ts';
import type { Tried } from '../tune/try-sizes.ts';

const flags = {
  sizes: {
    type: 'string',
    value: 'MB,MB',
    description: `memory sizes to try. Default: ${usualSizes.join(',')}`,
  },
  requests: { type: 'string', value: 'count', description: 'requests for each size. Default: 20' },
  ...cloudFlags,
} as const;

/** The answer of the command, as `--json` prints it. */
interface Tuning {
  readonly target: string;
  readonly model: string;
  /** The size that is live now. */
  readonly now: number;
  readonly requests: number;
  /** The source of durations: on AWS they are measured, on the local cloud they are computed from what was measured. */
  readonly durations: 'measured' | 'computed';
  readonly sizes: readonly SizeResult[];
  readonly advice: Advice;
}

/** @throws {UsageError} */
function parseSizes(text: string): readonly number[] {
  const sizes = text.split(',').map(Number);
  const wrong = sizes.find((size) => !Number.isInteger(size) || size < 128 || size > 10_240);
  if (wrong !== undefined)
    throw new UsageError(`--sizes takes 128 to 10240 MB with commas between, got '${text}'`);
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** @throws {UsageError} */
function parseRequests(text: string): number {
  const requests = Number(text);
  if (!Number.isInteger(requests) || requests < 1 || requests > 1000)
    throw new UsageError(`--requests takes 1 to 1000, got '${text}'`);
  return requests;
}

async function architectureOf(model: string, { stage }: Target): Promise<Architecture> {
  const { architecture } = await findModel(model);
  const { defaultStage } = await import('@chorus/blueprint/names');
  return architecture ?? (await stageSpec(stage ?? defaultStage)).architecture ?? 'arm64';
}

const reportsOf = (tried: Tried): readonly InvocationReport[] =>
  'failure' in tried ? [] : tried.reports;

/**
 * Sums sizes up. Where a function has its share of a processor, durations are what was measured; elsewhere a size makes no difference to
 * what the processor works, so the reports of all sizes count for each, with the share that it would have.
 */
function resultsOf(
  all: readonly Tried[],
  isComputed: boolean,
  costOf: (memoryMb: number, durationMs: number) => number,
): readonly SizeResult[] {
  const together = all.flatMap(reportsOf);
  return all.map((tried) => {
    if ('failure' in tried) return tried;
    const { memoryMb, reports } = tried;
    const durations = isComputed
      ? together.map((report) => durationWithShare(report, memoryMb))
      : reports.map(({ durationMs }) => durationMs);
    return sumUp(memoryMb, durations, reports, (durationMs) => costOf(memoryMb, durationMs));
  });
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [model] = takeArguments(['model'], positionals);
  const sizes = parseSizes(values.sizes ?? usualSizes.join(','));
  const requests = parseRequests(values.requests ?? '20');
  await findModel(model);
  const target = await findTarget(readSettings(io.env), values);
  const isComputed = target.stage === undefined;
  const signal = io.interruption?.();
  const [{ exampleEvent, withLock }, { promotionTarget }, { invocationCost }, { trySizes }] =
    await Promise.all([
      import('@chorus/promotion'),
      import('../live.ts'),
      import('@chorus/cost'),
      import('../tune/try-sizes.ts'),
    ]);
  const architecture = await architectureOf(model, target);
  const { tried, now } = await withCloud(target, async (cloud) => {
    const of = await promotionTarget(cloud, model);
    const event = await exampleEvent(of);
    // A promotion configures the same function.
    return withLock(of.registry, model, { purpose: 'tune' }, () =>
      trySizes(
        {
          ...of,
          event,
          requests,
          publishes: !isComputed,
          signal,
          report: (line) => note(io, line),
        },
        sizes,
      ),
    ).catch((cause: unknown) => {
      if (signal?.aborted !== true) throw cause;
      throw new CliError('Interrupted; everything was put back as it was', { cause });
    });
  });
  const costOf = (memoryMb: number, durationMs: number): number =>
    invocationCost({ memoryMb, durationMs, architecture });
  const results = resultsOf(tried, isComputed, costOf);
  const tuning: Tuning = {
    target: target.label,
    model,
    now,
    requests,
    durations: isComputed ? 'computed' : 'measured',
    sizes: results,
    advice: advise(results),
  };
  if (values.json === true) printJson(io, tuning);
  else print(io, ...render(tuning));
  return results.some(isMeasured) ? 0 : 1;
}

const computed = [
  'Memory limits and processor time were measured here, leaving out what other programs took. The durations are computed from them:',
  `on Lambda a function has MB / ${oneProcessorMb} of a processor, and a model makes use of one at most. A laptop's processor is not`,
  "Lambda's: the shape of the curve is what counts. With --aws it is measured there.",
];

const measured = [
  'Durations were measured on AWS, by versions of the function that no caller asks; they are gone.',
];

function render({ model, now, requests, durations, sizes, advice, target }: Tuning): string[] {
  const results = sizes.filter(isMeasured);
  const shown = (value: number | null): number | undefined => value ?? undefined;
  const rows = results.map((size) => [
    size.memoryMb,
    size.p50Ms,
    size.p95Ms,
    shown(size.processorMs),
    shown(size.usedMb),
    size.perMillion,
    [
      ...(size.memoryMb === now ? ['now'] : []),
      ...(size.memoryMb === advice.cost ? ['cheapest'] : []),
      ...(size.memoryMb === advice.latency ? ['fast'] : []),
    ].join(', '),
  ]);
  const failed = sizes.flatMap((size) =>
    isMeasured(size) ? [] : [`${size.memoryMb} MB: does not answer: ${size.failure}`],
  );
  const table = renderTable(
    ['MB', 'ms p50', 'ms p95', 'ms processor', 'MB used', '$ a million', ''],
    rows,
  );
  return [
    `${model} in ${target}, ${requests} warm requests for each size:`,
    '',
    ...(results.length === 0
      ? []
      : [table, '', ...drawCurve(results), '   o latency, $ cost, * both', '']),
    ...failed,
    ...(advice.cost === null
      ? ['No size answers.']
      : [
          `For cost: ${advice.cost} MB. For latency: ${advice.latency} MB, the smallest within 5 % of the fastest. It has ${now} MB.`,
        ]),
    ...(durations === 'computed' ? computed : measured),
    `Next: memoryMb of ${model} in the blueprint`,
  ];
}

/** `chorus tune`: which memory size a model's function should have. */
export const tune: Command = {
  name: 'tune',
  operands: '<model>',
  summary:
    "measure a model's function in several memory sizes, and say which is cheapest and which is fast",
  details: [
    'The live version answers an example in each size. On AWS a version and an alias are made for each size and removed; in the',
    'local cloud durations are computed from the processor time that was measured. Callers notice nothing; Ctrl-C puts all back.',
    'chorus tune <model> --sizes 256,512,1769 --requests 50',
    'chorus tune <model> --aws --stage staging',
  ],
  flags,
  run,
};
