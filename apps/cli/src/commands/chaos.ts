import { randomInt } from 'node:crypto';
import { parseArguments, takeArguments } from '../arguments.ts';
import { findChaosCloud, findFaultTarget } from '../chaos-cloud.ts';
import { renderFaults, renderStart, renderStop } from '../chaos-report.ts';
import type { Command } from '../command.ts';
import { parseDuration, parsePercent } from '../durations.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';

const listFlags = {
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;

const flags = {
  for: { type: 'string', value: 'duration', description: 'how long. Default: 1m' },
  share: {
    type: 'string',
    value: 'percent',
    description: 'share of the requests that are hit. Default: 100%',
  },
  seed: {
    type: 'string',
    value: 'n',
    description: 'hits the same requests again, counted from the start. Default: drawn, and shown',
  },
  ...listFlags,
} as const;

const slowFlags = {
  by: { type: 'string', value: 'duration', description: 'how much later. Default: 1s' },
  ...flags,
} as const;

/** @throws {UsageError} if AWS is meant */
function assertLocal(argv: readonly string[]): void {
  if (argv.some((word) => /^--aws(?:=|$)/.test(word)))
    throw new UsageError(
      '--aws: chorus chaos is for the local cloud only. On AWS there is the Fault Injection Service',
    );
}

/** Reads a flag whose value has to be more than 0. @throws {UsageError} */
function above0(flag: string, text: string, parse: (flag: string, text: string) => number): number {
  const value = parse(flag, text);
  if (value === 0) throw new UsageError(`--${flag} has to be more than 0, got '${text}'`);
  return value;
}

/** @throws {UsageError} */
function seedOf(text: string | undefined): number {
  if (text === undefined) return randomInt(2 ** 32);
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed))
    throw new UsageError(`--seed takes a whole number from 0 up, got '${text}'`);
  return seed;
}

async function start(fault: string, argv: readonly string[], io: Io): Promise<number> {
  assertLocal(argv);
  const { values, positionals } = parseArguments(slowFlags, argv);
  if (fault !== 'slow' && values.by !== undefined)
    throw new UsageError(`--by is of chaos slow only, not of ${fault}`);
  const [word] = takeArguments(['name'], positionals);
  const order = {
    fault,
    share: above0('share', values.share ?? '100%', parsePercent),
    forMs: above0('for', values.for ?? '1m', parseDuration),
    ...(fault === 'slow' && { byMs: above0('by', values.by ?? '1s', parseDuration) }),
    seed: seedOf(values.seed),
  };
  const cloud = await findChaosCloud(readSettings(io.env));
  const { targets } = await cloud.list();
  const started = await cloud.start({ ...order, target: findFaultTarget(word, targets) });
  if (values.json === true) printJson(io, started);
  else print(io, ...renderStart(started));
  return 0;
}

async function list(argv: readonly string[], io: Io): Promise<number> {
  assertLocal(argv);
  const { values, positionals } = parseArguments(listFlags, argv);
  takeArguments([], positionals);
  const cloud = await findChaosCloud(readSettings(io.env));
  const faults = await cloud.list();
  if (values.json === true) printJson(io, faults);
  else print(io, ...renderFaults(faults, Date.now()));
  return 0;
}

async function stop(argv: readonly string[], io: Io): Promise<number> {
  assertLocal(argv);
  const { values, positionals } = parseArguments(listFlags, argv);
  const [word] = positionals;
  if (word !== undefined) takeArguments(['name'], positionals);
  const cloud = await findChaosCloud(readSettings(io.env));
  const target =
    word === undefined ? undefined : findFaultTarget(word, (await cloud.list()).targets);
  const ended = await cloud.stop(target);
  if (values.json === true) printJson(io, { ended });
  else if (ended.length === 0)
    print(io, `No fault runs${word === undefined ? '' : ` on ${word}`}.`);
  else print(io, ...ended.map(renderStop));
  return 0;
}

/** By fault, what it does and what of it a caller sees. */
const faults: Readonly<Record<string, { readonly summary: string; readonly details: string }>> = {
  slow: {
    summary: 'let requests to a function, table or queue of the local cloud wait',
    details: "A function's time-out counts it. chorus chaos slow <model> --by 2s --for 1m",
  },
  fail: {
    summary: 'let a function, table or queue of the local cloud fail',
    details:
      'A function answers ChaosError; a table InternalServerError, a queue InternalFailure (500).',
  },
  kill: {
    summary: 'kill the process that has the event; of a table or queue, cut the connection',
    details: 'Half of them have done their work by then. chorus chaos kill <model> --share 5%',
  },
  throttle: {
    summary: 'refuse requests to it as too many',
    details:
      'Lambda says TooManyRequestsException, DynamoDB ProvisionedThroughputExceededException, SQS RequestThrottled.',
  },
  corrupt: {
    summary: 'lose half of its answer',
    details: 'It is no JSON any more; of a message, its body is not what its MD5 says.',
  },
};

const forAll = [
  '<name> is a function, a table or a queue; with its kind where several have it: table:reviews. A fault of',
  'a queue is seen by those that ask SQS; what Lambda itself fetches for a consumer has none. Faults are in',
  'the memory of the local cloud: each ends by itself, and all of them when it stops.',
];

/** `chorus chaos …`: faults on purpose in the local cloud. */
export const chaos: readonly Command[] = [
  ...Object.entries(faults).map(
    ([fault, { summary, details }]): Command => ({
      name: `chaos ${fault}`,
      operands: '<name>',
      summary,
      details: [details, ...forAll],
      flags: fault === 'slow' ? slowFlags : flags,
      localOnly: true,
      run: (argv, io) => start(fault, argv, io),
    }),
  ),
  {
    name: 'chaos list',
    operands: '',
    summary: 'list the faults that run or ran, and what they hit',
    details: [],
    flags: listFlags,
    localOnly: true,
    reads: true,
    run: list,
  },
  {
    name: 'chaos stop',
    operands: '[name]',
    summary: 'end the faults of a function, table or queue, or all of them',
    details: [],
    flags: listFlags,
    localOnly: true,
    run: stop,
  },
];
