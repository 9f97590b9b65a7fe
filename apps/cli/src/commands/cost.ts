import { defaultStage } from '@chorus/blueprint/names';
import type { Bill } from '@chorus/cost';
import { parseArguments, takeArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { parseAmount, parseDuration, parsePercent } from '../durations.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { billOfRest, stageSpec } from '../stages.ts';
import { renderTable } from '../table.ts';

const flags = {
  requests: {
    type: 'string',
    value: 'count',
    description: 'requests a month: 50k, 1M (1M when nothing is said)',
  },
  memory: { type: 'string', value: 'MB', description: "of each model's function (1024)" },
  duration: { type: 'string', value: 'time', description: 'of a warm invocation (20ms)' },
  models: {
    type: 'string',
    value: 'count',
    description: 'functions a request asks (those of the first workflow)',
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

/** Returns the number of functions that a request to the first workflow asks. */
async function functionsAsked(): Promise<number> {
  const { blueprint } = await import('@chorus/service');
  return blueprint.workflows[0]?.functions.length ?? 1;
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  takeArguments([], positionals);
  const requests = parseCount('requests', values.requests ?? '1M');
  const average = requests / secondsPerMonth;
  const stage = values.stage ?? defaultStage;
  const { architecture = 'arm64' } = await stageSpec(stage);
  const traffic = {
    requests,
    models:
      values.models === undefined ? await functionsAsked() : parsePositive('models', values.models),
    memoryMb: parseMemory(values.memory ?? '1024'),
    durationMs: parseDuration('duration', values.duration ?? '20ms'),
    coldShare: parsePercent('cold', values.cold ?? '1%'),
    coldMs: parseDuration('cold-start', values['cold-start'] ?? '400ms'),
    architecture: values.x86 === true ? 'x64' : architecture,
    peakPerSecond:
      values.peak === undefined ? Math.max(1, 10 * average) : parseAmount('peak', values.peak),
  } as const;

  const { breakEvenRequests, containerBill, prices, serverlessBill } = await import('@chorus/cost');
  const serverless = serverlessBill(traffic);
  const container = containerBill(traffic);
  const { asOf, region, sources } = prices;
  const answer = {
    traffic,
    serverless,
    atRest: { stage, ...(await billOfRest(stage)) },
    container,
    breakEvenRequests: breakEvenRequests(traffic),
    prices: { asOf, region, sources },
  };
  if (values.json === true) printJson(io, answer);
  else print(io, ...render(answer));
  return 0;
}

/** `$12.34`; cents are enough for a month. */
const dollars = (amount: number) =>
  amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });

const whole = (count: number) => Math.round(count).toLocaleString('en-US');

function renderBill(title: string, { lines, total }: Bill): string {
  const cells = lines.map(({ what, quantity, cost }) => [what, quantity, dollars(cost)]);
  return renderTable([title, '', '$ a month'], [...cells, ['total', '', dollars(total)]]);
}

function render(answer: {
  readonly traffic: {
    readonly requests: number;
    readonly models: number;
    readonly peakPerSecond: number;
  };
  readonly serverless: Bill;
  readonly atRest: Bill & { readonly stage: string };
  readonly container: Bill;
  readonly breakEvenRequests: number | undefined;
  readonly prices: { readonly asOf: string; readonly region: string };
}): readonly string[] {
  const { traffic, serverless, atRest, container, breakEvenRequests, prices } = answer;
  const { stage } = atRest;
  const each = traffic.requests === 0 ? 0 : (serverless.total / traffic.requests) * 1e6;
  const even =
    breakEvenRequests === undefined
      ? []
      : [`Both cost the same at ${whole(breakEvenRequests)} requests a month with this peak.`];
  return [
    `${whole(traffic.requests)} requests a month to ${traffic.models} models, at most ${Number(traffic.peakPerSecond.toPrecision(3))} a second:`,
    '',
    renderBill('as it is deployed', serverless),
    '',
    renderBill(`${stage}, without any request`, atRest),
    '',
    `${stage} with these requests: ${dollars(serverless.total + atRest.total)} a month.`,
    '',
    renderBill('always-on containers of the same capacity, instead of the first', container),
    '',
    `${dollars(each)} per million requests. ${even.join('')}`.trim(),
    'What the stage costs without any request is the same for both, so it is not in the comparison.',
    `Prices of ${prices.region}, on demand, without free tier and transfer, as noted in packages/cost/src/prices.ts on ${prices.asOf}.`,
    `Next: ${program} cost --help`,
  ];
}

/** `chorus cost`: what a month of traffic costs, next to containers that are always on. */
export const cost: Command = {
  name: 'cost',
  operands: '',
  summary: 'print the monthly bill of a stage and some traffic, next to always-on containers',
  details: [
    'chorus cost --requests 1M --memory 1024 --duration 20ms --cold 1%',
    'chorus cost --requests 0 --stage staging',
  ],
  flags,
  reads: true,
  run,
};
