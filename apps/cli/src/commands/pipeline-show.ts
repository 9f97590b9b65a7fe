import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { checkPipeline, findRun, readReport, withPipelines } from '../pipelines/pipeline-cloud.ts';
import { nextOfWaiting, renderRun } from '../pipelines/render-run.ts';
import { findTarget } from '../target.ts';

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(cloudFlags, argv);
  const [name, execution, ...others] = positionals;
  if (name === undefined) throw new UsageError('Missing: <name>');
  if (others.length > 0) throw new UsageError(`One argument too many: ${others[0]}`);
  await checkPipeline(name);
  const target = await findTarget(readSettings(io.env), values);
  await withPipelines(target, async (cloud) => {
    const { token: _, ...found } = await findRun(cloud, name, execution);
    const report = await readReport(cloud, found);
    const { until } = found;
    if (values.json === true)
      printJson(
        io,
        report === undefined ? found : { ...report, ...(until !== undefined && { until }) },
      );
    else print(io, ...renderRun(found, report));
    if (found.status === 'waiting' && values.json !== true)
      print(io, nextOfWaiting(found, target.flags));
  });
  return 0;
}

/** `chorus pipeline show`: what became of a run. */
export const pipelineShow: Command = {
  name: 'pipeline show',
  operands: '<name> [run]',
  summary: 'show what became of a run; the newest, or that whose name begins so',
  details: [],
  flags: cloudFlags,
  reads: true,
  run,
};
