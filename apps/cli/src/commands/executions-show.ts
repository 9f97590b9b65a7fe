import type { DescribeExecutionOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, isCausedBy } from '../errors.ts';
import { arnsOf, historyOf, withStates } from '../executions.ts';
import { type Io, print, printJson } from '../io.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';
import { timelineOfHistory } from '../timeline/of-history.ts';

const flags = {
  data: {
    type: 'boolean',
    description: 'with --json, what went into it and came out: there may be persons in it',
  },
  ...cloudFlags,
} as const;

/** One event of a history as `--json` shows it. */
interface EventShown {
  readonly id: number;
  readonly after: number;
  readonly at: string | null;
  readonly type: string;
  /** The state that was entered or left. */
  readonly state: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** The details of an event that failed have these two, whatever they are called. */
interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

function showEvent(event: HistoryEvent): EventShown {
  const { id = 0, previousEventId = 0, timestamp, type = '' } = event;
  const name = event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name;
  const failure = Object.values(event).find(
    (each): each is Failure =>
      typeof each === 'object' && each !== null && ('error' in each || 'cause' in each),
  );
  return {
    id,
    after: previousEventId,
    at: timestamp?.toISOString() ?? null,
    type,
    state: name ?? null,
    error: failure?.error ?? null,
    cause: failure?.cause ?? null,
  };
}

/** An execution and its history. */
interface Found {
  readonly described: DescribeExecutionOutput;
  readonly events: readonly HistoryEvent[];
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['execution'], positionals);
  const target = await findTarget(readSettings(io.env), values);
  const found = await withStates(target, async (states): Promise<Found | undefined> => {
    const { DescribeExecutionCommand } = await import('@aws-sdk/client-sfn');
    for (const executionArn of await arnsOf(states, name)) {
      const events = await historyOf(states, executionArn);
      if (events === undefined) continue;
      const described = await states
        .send(new DescribeExecutionCommand({ executionArn }))
        .catch((cause: unknown) => {
          if (isCausedBy(cause, 'ExecutionDoesNotExist')) return undefined;
          throw cause;
        });
      if (described !== undefined) return { described, events };
    }
    return undefined;
  });
  if (found === undefined)
    throw new CliError(
      `There is no execution ${name} of a standard workflow in ${target.label}; express ones keep nothing`,
    );
  const { described, events } = found;
  const { status, startDate, stopDate, error, cause, input, output } = described;
  const shown = {
    name: described.name ?? name,
    arn: described.executionArn ?? name,
    status: status ?? '',
    startedAt: startDate?.toISOString() ?? null,
    stoppedAt: stopDate?.toISOString() ?? null,
    error: error ?? null,
    cause: cause ?? null,
    ...(values.data === true && { input: input ?? null, output: output ?? null }),
    timeline: timelineOfHistory(events),
    events: events.map(showEvent),
  };
  if (values.json === true) printJson(io, shown);
  else print(io, ...render(shown));
  return 0;
}

function render({
  name,
  status,
  startedAt,
  stoppedAt,
  error,
  cause,
  events,
}: {
  readonly name: string;
  readonly status: string;
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly events: readonly EventShown[];
}): readonly string[] {
  const failed = error === null ? [] : [`${error}: ${cause ?? ''}`];
  const until = stoppedAt === null ? '' : ` to ${stoppedAt}`;
  const rows = events.map((each) => [
    each.id,
    each.at ?? '',
    each.type,
    each.state ?? '',
    each.error ?? '',
  ]);
  return [
    `${name}: ${status.toLowerCase()}, ${startedAt ?? ''}${until}`,
    ...failed,
    '',
    renderTable(['event', 'at', 'type', 'state', 'error'], rows),
  ];
}

/** `chorus executions show`: the history of an execution. */
export const executionsShow: Command = {
  name: 'executions show',
  operands: '<execution>',
  summary: 'show the history of an execution of a standard workflow, by its name or ARN',
  details: ['chorus trace <execution> draws the same as bars.'],
  flags,
  reads: true,
  run,
};
