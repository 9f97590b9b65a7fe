import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { physicalName } from '@chorus/blueprint/names';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { parseDuration } from '../durations.ts';
import { readSettings } from '../env.ts';
import { CliError, isCausedBy, UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { findTarget } from '../target.ts';

const flags = {
  request: {
    type: 'string',
    value: 'id',
    description: 'only lines that name this request, which its answer tells',
  },
  errors: { type: 'boolean', description: 'only warnings and errors' },
  since: { type: 'string', value: 'time', description: 'how far back. Default: 15m' },
  limit: {
    type: 'string',
    value: 'n',
    description: 'at most so many lines, the last. Default: 200',
  },
  ...cloudFlags,
} as const;

/** A line that a function wrote, as `--json` shows it. */
interface LogLine {
  readonly at: string;
  readonly function: string;
  /** `INFO`, `ERROR`; null for a line that says none. */
  readonly level: string | null;
  readonly message: string;
  /** The other fields of a line of JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Most lines of one function that are kept while they are read. */
const mostRead = 10_000;

/** @throws {UsageError} for anything but 1 to 10000 */
function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostRead) return limit;
  throw new UsageError(`--limit takes 1 to ${mostRead}, got '${text}'`);
}

/** Reads what a function wrote: a line of JSON as its fields, any other as it is. */
function readLine(name: string, timestamp: number, text: string): LogLine {
  const at = new Date(timestamp).toISOString();
  try {
    const { timestamp: _, level, message, ...fields } = Object(JSON.parse(text));
    if (typeof message === 'string')
      return { at, function: name, level: String(level ?? 'INFO'), message, fields };
  } catch {
    // It is no JSON, and a line all the same.
  }
  return { at, function: name, level: null, message: text.trimEnd(), fields: {} };
}

/** Returns what a function wrote; undefined for one that has no group of logs. */
async function linesOf(
  client: CloudWatchLogsClient,
  name: string,
  group: string,
  query: { readonly startTime: number; readonly filterPattern: string | undefined },
): Promise<readonly LogLine[] | undefined> {
  const { paginateFilterLogEvents } = await import('@aws-sdk/client-cloudwatch-logs');
  const lines: LogLine[] = [];
  const { startTime, filterPattern } = query;
  const pages = paginateFilterLogEvents(
    { client },
    { logGroupName: group, startTime, ...(filterPattern !== undefined && { filterPattern }) },
  );
  try {
    for await (const { events = [] } of pages) {
      for (const { timestamp = 0, message = '' } of events)
        lines.push(readLine(name, timestamp, message));
      // The latest are wanted, and they come last.
      lines.splice(0, lines.length - mostRead);
    }
  } catch (error) {
    if (!isCausedBy(error, 'ResourceNotFoundException')) throw error;
    return undefined;
  }
  return lines;
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [asked, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  const { blueprint } = await import('@chorus/service');
  const names = blueprint.functions.map(({ name }) => name);
  if (asked !== undefined && !names.includes(asked))
    throw new UsageError(`There is no function '${asked}'.${didYouMean(asked, names)}`);
  const { request } = values;
  if (request !== undefined && !/^[\w-]+$/.test(request))
    throw new UsageError('--request takes the id of a request: letters, digits and hyphens');
  const limit = parseLimit(values.limit ?? '200');
  const sinceMs = parseDuration('since', values.since ?? '15m');
  const target = await findTarget(readSettings(io.env), values);
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient(target.client);
  try {
    const query = {
      startTime: Date.now() - sinceMs,
      // Models write the id of a workflow's request as that of a trace, which has no hyphens.
      filterPattern:
        request === undefined ? undefined : `?"${request}" ?"${request.replaceAll('-', '')}"`,
    };
    const of = asked === undefined ? names : [asked];
    const each = await Promise.all(
      of.map((name) =>
        linesOf(client, name, `/aws/lambda/${physicalName(name, target.stage)}`, query),
      ),
    );
    // A local function has a group once it has written; a deployed one has it from the start.
    if (target.stage !== undefined && each.every((found) => found === undefined))
      throw new CliError(
        `${target.label} has no logs of the stage ${target.stage}: deploy it, or name another with --stage`,
      );
    const lines = each
      .flatMap((found) => found ?? [])
      .filter(({ level }) => values.errors !== true || level === 'WARN' || level === 'ERROR')
      .sort((one, other) => one.at.localeCompare(other.at))
      .slice(-limit);
    if (values.json === true) printJson(io, { lines });
    else if (lines.length === 0)
      print(io, `No such lines in ${target.label}. Further back: --since 24h`);
    else print(io, ...lines.map(render));
  } finally {
    client.destroy();
  }
  return 0;
}

/** Characters of a field that a terminal is shown; counters have thousands. */
const mostShown = 300;

/** Returns a field's value for a terminal; `--json` has the whole. */
function shownValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > mostShown
    ? `${text.slice(0, mostShown)}… (${text.length} characters)`
    : text;
}

function render({ at, function: name, level, message, fields }: LogLine): string {
  const shown = Object.entries(fields).map(([field, value]) => `${field}=${shownValue(value)}`);
  return [at, name, level ?? '', message, ...shown].filter((part) => part !== '').join(' ');
}

/** `chorus logs`: what functions wrote. */
export const logs: Command = {
  name: 'logs',
  operands: '[function]',
  summary: 'show what functions wrote, all of them or one, by the id of a request',
  details: ['chorus logs --request <id> follows one request through every function it came to.'],
  flags,
  reads: true,
  run,
};
