import { defaultStage } from '@chorus/blueprint/names';
import { parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Requests } from '../cost/workflow-costs.ts';
import { parseAmount, parseDuration, parsePercent } from '../durations.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { billOfRest, serviceOf, stageSpec } from '../stages.ts';

const flags = {
  requests: {
    type: 'string',
    value: 'count',
    description: 'requests a month: 50k, 1M (1M when nothing is said)',
  },
  memory: { type: 'string', value: 'MB', description: 'of each function (its own)' },
  duration: { type: 'string', value: 'time', description: 'of a warm invocation (20ms)' },
  models: {
    type: 'string',
    value: 'count',
    description: 'functions a request asks at once, instead of those of the workflow',
  },
  cold: { type: 'string', value: 'share', description: 'invocations that start cold (1%)' },
  'cold-start': { type: 'string', value: 'time', description: 'what a cold start adds (400ms)' },
  peak: {
    type: 'string',
    value: 'count',
    description: 'requests a second when it is busiest (10 times the average)',
  },
  x86: { type: 'boolean', description: 'x86 instead of the processor that the stage has' },
  stage: {
    type: 'string',
    value: 'name',
    description: 'of infra/stages.ts, whose bill without any request is added. Default: production',
  },
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };
const secondsPerMonth = 730 * 3600;

/** Parses a count of a flag: `250`, `50k`, `1.5M`. @throws {UsageError} naming the flag */
function parseCount(flag: string, text: string): number {
  const { number = '', unit = '' } =
    /^(?<number>\d+(?:\.\d+)?)(?<unit>[kMG]?)$/.exec(text)?.groups ?? {};
  if (number === '')
    throw new UsageError(`--${flag} takes a count such as 800, 50k or 1M, got '${text}'`);
  return Number(number) * (units[unit] ?? 1);
}

/** Parses a count above 0. @throws {UsageError} naming the flag */
function parsePositive(flag: string, text: string): number {
  const count = parseCount(flag, text);
  if (count === 0) throw new UsageError(`--${flag} has to be more than 0`);
  return count;
}

/** Memory as Lambda offers it. @throws {UsageError} */
function parseMemory(text: string): number {
  const memoryMb = Number(text);
  if (!Number.isInteger(memoryMb) || memoryMb < 128 || memoryMb > 10_240)
    throw new UsageError(`--memory takes 128 to 10240 MB, got '${text}'`);
  return memoryMb;
}

/** The memory of a function that is none of the blueprint's, in MB. */
const usualMemoryMb = 1024;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [asked, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`One argument too many: ${others[0]}`);
  const requests = parseCount('requests', values.requests ?? '1M');
  const average = requests / secondsPerMonth;
  const stage = values.stage ?? defaultStage;
  const spec = await stageSpec(stage);
  const architecture = values.x86 === true ? 'x64' : (spec.architecture ?? 'arm64');
  const memoryMb = values.memory === undefined ? undefined : parseMemory(values.memory);
  const month: Requests = {
    requests,
    durationMs: parseDuration('duration', values.duration ?? '20ms'),
    coldShare: parsePercent('cold', values.cold ?? '1%'),
    coldMs: parseDuration('cold-start', values['cold-start'] ?? '400ms'),
    architecture,
    peakPerSecond:
      values.peak === undefined ? Math.max(1, 10 * average) : parseAmount('peak', values.peak),
  };
  const models = values.models === undefined ? undefined : parsePositive('models', values.models);
  if (models !== undefined && asked !== undefined)
    throw new UsageError('--models is instead of a workflow: leave one of them out');

  const [
    { breakEvenRequests, containerBill, prices, serverlessBill },
    { costOfWorkflows },
    { costOfJobs, jobsOfSageMaker },
  ] = await Promise.all([
    import('@chorus/cost'),
    import('../cost/workflow-costs.ts'),
    import('../cost/job-costs.ts'),
  ]);
  const service = await serviceOf(stage);
  const workflows = await costOfWorkflows(
    service,
    month,
    { memoryMb, architecture: values.x86 === true ? 'x64' : undefined },
    async (workflow) => (await billOfRest(stage, workflow)).total,
  );
  const names = workflows.map(({ name }) => name);
  const shown = asked === undefined ? workflows[0] : workflows.find(({ name }) => name === asked);
  if (asked !== undefined && shown === undefined)
    throw new UsageError(
      `The stage ${stage} has no workflow '${asked}', only: ${names.join(', ')}.${didYouMean(asked, names)}`,
    );
  const one = { memoryMb: memoryMb ?? usualMemoryMb, architecture };
  const { functions, inTurn, writes } =
    models === undefined && shown !== undefined
      ? shown.most
      : { functions: Array.from({ length: models ?? 1 }, () => one), inTurn: 1, writes: 0 };
  const traffic = { ...month, functions, inTurn, writes };
  const { asOf, region, sources } = prices;
  const answer = {
    workflow: models === undefined ? (shown?.name ?? null) : null,
    traffic,
    serverless: serverlessBill(traffic),
    workflows,
    jobs: costOfJobs(service, architecture),
    jobsOfSageMaker: jobsOfSageMaker(service),
    atRest: { stage, ...(await billOfRest(stage)) },
    container: containerBill(traffic),
    breakEvenRequests: breakEvenRequests(traffic),
    prices: { asOf, region, sources },
  };
  if (values.json === true) printJson(io, answer);
  else {
    const { renderCost } = await import('../cost/render-cost.ts');
    print(io, ...renderCost(answer));
  }
  return 0;
}

/** `chorus cost`: what a month of traffic costs, next to containers that are always on. */
export const cost: Command = {
  name: 'cost',
  operands: '[workflow]',
  summary: 'print the monthly bill of a stage and some traffic, next to always-on containers',
  details: [
    'The bill is of the workflow that is named, else of the first one; below it each workflow has a line.',
    'chorus cost --requests 1M --memory 1024 --duration 20ms --cold 1%',
    'chorus cost --requests 0 --stage staging',
  ],
  flags,
  reads: true,
  run,
};
