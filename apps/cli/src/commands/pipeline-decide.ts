import { userInfo } from 'node:os';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, isCausedBy, UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { followRun } from '../pipelines/follow-run.ts';
import { checkPipeline, findRun, readReport, withPipelines } from '../pipelines/pipeline-cloud.ts';
import { nextOfWaiting, renderRun } from '../pipelines/render-run.ts';
import { findTarget } from '../target.ts';

const flags = {
  reason: { type: 'string', value: 'text', description: 'for the report' },
  ...cloudFlags,
} as const;

async function run(approved: boolean, argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, execution, ...others] = positionals;
  if (name === undefined) throw new UsageError('Missing: <name>');
  if (others.length > 0) throw new UsageError(`One argument too many: ${others[0]}`);
  await checkPipeline(name);
  const target = await findTarget(readSettings(io.env), values);
  return withPipelines(target, async (cloud) => {
    const waiting = await findRun(cloud, name, execution);
    const { token: taskToken } = waiting;
    if (waiting.status !== 'waiting' || taskToken === undefined)
      throw new CliError(`The run ${waiting.execution} does not wait: it is ${waiting.status}`);
    const { SendTaskSuccessCommand } = await import('@aws-sdk/client-sfn');
    const { reason } = values;
    const decision = { approved, by: userInfo().username, ...(reason && { reason }) };
    await cloud.sfn
      .send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(decision) }))
      .catch((cause: unknown) => {
        if (!isCausedBy(cause, 'TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken')) throw cause;
        throw new CliError(`The run ${waiting.execution} does not wait any more`, { cause });
      });
    const ended = await followRun(
      cloud,
      name,
      // It waits once more, with another token, if another version became live meanwhile.
      (each) =>
        each.execution === waiting.execution &&
        (each.status !== 'waiting' || each.token !== taskToken),
      (state) => note(io, `  ${state}`),
    );
    const report = await readReport(cloud, ended);
    if (values.json === true) printJson(io, report ?? ended);
    else print(io, ...renderRun(ended, report));
    if (ended.status === 'waiting' && values.json !== true)
      print(
        io,
        'Another version became live meanwhile: the new ones were compared with that, and wait once more.',
        nextOfWaiting(ended, target.flags),
      );
    return ended.status === 'failed' ? 1 : 0;
  });
}

/** `chorus pipeline approve`: makes versions live that wait for it. */
export const pipelineApprove: Command = {
  name: 'pipeline approve',
  operands: '<name> [run]',
  summary: 'make the new versions of a run live that waits for it',
  details: [],
  flags,
  run: (argv, io) => run(true, argv, io),
};

/** `chorus pipeline reject`: leaves what is live. */
export const pipelineReject: Command = {
  name: 'pipeline reject',
  operands: '<name> [run]',
  summary: 'leave what is live; the versions of the run stay in the registry',
  details: [],
  flags,
  run: (argv, io) => run(false, argv, io),
};
