import type { ExecutionStatus, SFNClient } from '@aws-sdk/client-sfn';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, isCausedBy, UsageError } from '../errors.ts';
import { type StandardMachine, standardMachines, withStates } from '../executions.ts';
import { type Io, print, printJson } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';

const flags = {
  status: {
    type: 'string',
    value: 'status',
    description: 'only those that are running, succeeded, failed, timed_out, aborted',
  },
  limit: { type: 'string', value: 'n', description: 'at most so many. Default: 50; up to 1000' },
  next: {
    type: 'string',
    value: 'token',
    description: 'with a workflow, those after a list that ended with this token',
  },
  ...cloudFlags,
} as const;

/** One execution as `--json` shows it. */
interface ExecutionListed {
  readonly name: string;
  readonly workflow: string;
  readonly status: string;
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly arn: string;
}

interface Listed {
  readonly executions: readonly ExecutionListed[];
  /** Continues the list; null at its end. */
  readonly next: string | null;
}

const statuses: readonly ExecutionStatus[] = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
];

/** @throws {UsageError} for anything but a status of Step Functions */
function parseStatus(text: string): ExecutionStatus {
  const status = statuses.find((each) => each === text.toUpperCase());
  if (status !== undefined) return status;
  throw new UsageError(
    `--status takes running, succeeded, failed, timed_out or aborted, got '${text}'`,
  );
}

/** @throws {UsageError} for anything but 1 to 1000 */
function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new UsageError(`--limit takes 1 to 1000, got '${text}'`);
}

async function listOf(
  states: SFNClient,
  { name: workflow, arn }: StandardMachine,
  query: {
    readonly limit: number;
    readonly status: ExecutionStatus | undefined;
    readonly next: string | undefined;
  },
): Promise<Listed> {
  const { ListExecutionsCommand } = await import('@aws-sdk/client-sfn');
  const { status, next, limit } = query;
  try {
    const { executions = [], nextToken } = await states.send(
      new ListExecutionsCommand({
        stateMachineArn: arn,
        maxResults: limit,
        ...(status !== undefined && { statusFilter: status }),
        ...(next !== undefined && { nextToken: next }),
      }),
    );
    return {
      next: nextToken ?? null,
      executions: executions.map((each) => ({
        name: each.name ?? '',
        workflow,
        status: each.status ?? '',
        startedAt: each.startDate?.toISOString() ?? null,
        stoppedAt: each.stopDate?.toISOString() ?? null,
        arn: each.executionArn ?? '',
      })),
    };
  } catch (cause) {
    if (!isCausedBy(cause, 'InvalidToken')) throw cause;
    throw new UsageError('--next is no token of this list, or is old: begin again without it', {
      cause,
    });
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [workflow, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  if (values.next !== undefined && workflow === undefined)
    throw new UsageError('--next continues the list of one workflow: name it');
  const query = {
    limit: parseLimit(values.limit ?? '50'),
    status: values.status === undefined ? undefined : parseStatus(values.status),
    next: values.next,
  };
  const target = await findTarget(readSettings(io.env), values);
  const listed = await withStates(target, async (states): Promise<Listed> => {
    const machines = await standardMachines(states, target);
    if (machines.length === 0 && target.stage !== undefined)
      throw new CliError(
        `${target.label} has no standard workflow of the stage ${target.stage}: deploy it, or name another with --stage`,
      );
    const asked = machines.filter(({ name }) => workflow === undefined || name === workflow);
    if (workflow !== undefined && asked.length === 0) {
      const names = machines.map(({ name }) => name);
      throw new UsageError(
        `There is no standard workflow '${workflow}', only: ${names.join(', ')}. Express ones keep no list.${didYouMean(workflow, names)}`,
      );
    }
    const lists = await Promise.all(asked.map((machine) => listOf(states, machine, query)));
    const executions = lists
      .flatMap((list) => list.executions)
      .sort((one, other) => (other.startedAt ?? '').localeCompare(one.startedAt ?? ''))
      .slice(0, query.limit);
    return { executions, next: workflow === undefined ? null : (lists[0]?.next ?? null) };
  });
  if (values.json === true) printJson(io, listed);
  else if (listed.executions.length === 0)
    print(io, `No executions in ${target.label}. Express workflows keep no list of theirs.`);
  else print(io, ...render(listed, target.flags));
  return 0;
}

function render({ executions, next }: Listed, cloud: string): readonly string[] {
  const rows = executions.map(({ name, workflow, status, startedAt, stoppedAt }) => [
    name,
    workflow,
    status.toLowerCase(),
    startedAt ?? '',
    stoppedAt ?? '',
  ]);
  const more = next === null ? [] : [`More: --next ${next}`];
  return [
    renderTable(['execution', 'workflow', 'status', 'started', 'stopped'], rows),
    '',
    ...more,
    `Next: ${program} executions show ${executions[0]?.name}${cloud}`,
  ];
}

/** `chorus executions list`: the executions of standard workflows. */
export const executionsList: Command = {
  name: 'executions list',
  operands: '[workflow]',
  summary: 'list the executions of standard workflows, the latest first',
  details: [
    'Express workflows answer and are forgotten: their timeline is in the answer, with --trace.',
  ],
  flags,
  reads: true,
  run,
};
