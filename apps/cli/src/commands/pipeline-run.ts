import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { PipelineRun } from '@chorus/pipeline-runs';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { followRun } from '../pipelines/follow-run.ts';
import {
  checkPipeline,
  type PipelineCloud,
  readReport,
  withPipelines,
} from '../pipelines/pipeline-cloud.ts';
import { nextOfWaiting, renderRun } from '../pipelines/render-run.ts';
import { findTarget } from '../target.ts';

const flags = {
  again: { type: 'boolean', description: 'also with a content that has been seen before' },
  ...cloudFlags,
} as const;

const formats = ['.csv', '.jsonl', '.parquet'];

/** Puts a file where a pipeline looks for it. @returns its key */
async function upload(
  { s3, bucket }: PipelineCloud,
  pipeline: string,
  path: string,
): Promise<string> {
  const { trainingDataPrefix } = await import('@chorus/blueprint');
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const Key = `${trainingDataPrefix(pipeline)}${basename(path)}`;
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new CliError(`Cannot read ${path}: ${cause}`, { cause });
  });
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key,
      Body: size === 0 ? '' : createReadStream(path),
      ContentLength: size,
    }),
  );
  return Key;
}

/** Starts a run by itself, of a file or of the newest. @returns what tells it from others */
async function start(
  { sfn, machineArn }: PipelineCloud,
  pipeline: string,
  input: { readonly key?: string; readonly again: boolean },
): Promise<(run: PipelineRun) => boolean> {
  const { StartExecutionCommand } = await import('@aws-sdk/client-sfn');
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: await machineArn(pipeline),
      input: JSON.stringify(input),
    }),
  );
  return ({ execution }) => executionArn.endsWith(`:${execution}`);
}

/** Begins a run. @returns what tells it from others */
async function begin(
  cloud: PipelineCloud,
  pipeline: string,
  path: string | undefined,
  again: boolean,
): Promise<(run: PipelineRun) => boolean> {
  if (path === undefined) return start(cloud, pipeline, { again });
  // A file that no pipeline waits for is not uploaded.
  await cloud.machineArn(pipeline);
  const before = new Set((await cloud.runs.list(pipeline, 1000)).map(({ execution }) => execution));
  const key = await upload(cloud, pipeline, path);
  if (again) return start(cloud, pipeline, { key, again });
  // S3 tells EventBridge of it, which starts the pipeline.
  return (run) => run.key === key && !before.has(run.execution);
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, file, ...others] = positionals;
  if (name === undefined) throw new UsageError('Missing: <name>');
  if (others.length > 0) throw new UsageError(`One argument too many: ${others[0]}`);
  if (file !== undefined && !formats.includes(extname(file).toLowerCase()))
    throw new UsageError(`${file} ends in none of ${formats.join(', ')}`);
  await checkPipeline(name);
  const settings = readSettings(io.env);
  const path = file === undefined ? undefined : resolve(settings.workingDirectory, file);
  const target = await findTarget(settings, values);
  return withPipelines(target, async (cloud) => {
    const isIt = await begin(cloud, name, path, values.again === true);
    const ended = await followRun(cloud, name, isIt, (state) => note(io, `  ${state}`));
    const report = await readReport(cloud, ended);
    if (values.json === true) printJson(io, report ?? ended);
    else {
      print(io, ...renderRun(ended, report));
      if (ended.status === 'waiting') print(io, nextOfWaiting(ended, target.flags));
    }
    return ['refused', 'failed', 'rejected'].includes(ended.status) ? 1 : 0;
  });
}

/** `chorus pipeline run`: trains a pipeline's models with a file. */
export const pipelineRun: Command = {
  name: 'pipeline run',
  operands: '<name> [rows.csv]',
  summary: 'train models with new rows, and make better ones live',
  details: [
    'Uploads the file (CSV, JSON Lines or Parquet), which starts the pipeline, and follows it to its report. Without a file',
    'the newest upload counts. A content that has been seen before trains nothing again, unless --again says so.',
    'Ctrl-C leaves it running: chorus pipeline show <name>',
  ],
  flags,
  run,
};
