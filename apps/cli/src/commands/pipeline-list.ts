import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { UsageError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import {
  checkPipeline,
  noPipelines,
  pipelineNames,
  withPipelines,
} from '../pipelines/pipeline-cloud.ts';
import { renderRuns } from '../pipelines/render-run.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';

/** Most runs of a pipeline that are listed. */
const most = 20;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(cloudFlags, argv);
  const [name, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`One argument too many: ${others[0]}`);
  if (name !== undefined) await checkPipeline(name);
  const names = name === undefined ? await pipelineNames() : [name];
  const target = await findTarget(readSettings(io.env), values);
  const runs = await withPipelines(target, async (cloud) =>
    (await Promise.all(names.map((each) => cloud.runs.list(each, most)))).flat(),
  );
  // Who has a token can decide for a person.
  if (values.json === true)
    printJson(
      io,
      runs.map(({ token: _, ...rest }) => rest),
    );
  else if (names.length === 0) print(io, noPipelines);
  else if (runs.length === 0)
    print(
      io,
      `No pipeline has run in ${target.label} yet.`,
      `Next: ${program} pipeline run ${names[0] ?? '<name>'} rows.csv${target.flags}`,
    );
  else print(io, renderRuns(runs));
  return 0;
}

/** `chorus pipeline list`: the newest runs. */
export const pipelineList: Command = {
  name: 'pipeline list',
  operands: '[name]',
  summary: 'list the runs of pipelines, the newest first',
  details: [],
  flags: cloudFlags,
  reads: true,
  run,
};
