import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { physicalName } from '@chorus/blueprint/names';
import type { PipelineRun, RunReport, RunsTable } from '@chorus/pipeline-runs';
import { findMachine } from '../batch/batch-cloud.ts';
import { CliError, isCausedBy } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { program } from '../program.ts';
import type { Target } from '../target.ts';

/** The clients and the names that pipelines need. */
export interface PipelineCloud {
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly runs: RunsTable;
  /** The bucket of rows and reports, by its name in this cloud. */
  readonly bucket: string;
  /** The state machine of a pipeline. */
  machineArn(pipeline: string): Promise<string>;
}

/** Returns the names of the service's pipelines. */
export async function pipelineNames(): Promise<readonly string[]> {
  const [{ pipelinesOf }, { blueprint }] = await Promise.all([
    import('@chorus/blueprint'),
    import('@chorus/service'),
  ]);
  return pipelinesOf(blueprint);
}

/** The message for a service without pipelines. */
export const noPipelines =
  'This service has no pipelines. docs/your-own-pipeline.md says how to add one';

/** @throws {CliError} if the service has no such pipeline */
export async function checkPipeline(name: string): Promise<void> {
  const names = await pipelineNames();
  if (names.includes(name)) return;
  if (names.length === 0) throw new CliError(noPipelines);
  throw new CliError(
    `There is no pipeline ${name}.${didYouMean(name, names)} There are: ${names.join(', ')}`,
  );
}

/** Where runs are kept: names of buckets have account and region in them at AWS, and the function that writes runs knows them. */
async function placesOf({
  client,
  stage,
  label,
}: Target): Promise<{ table: string; bucket: string }> {
  const { pipelineRunsTable, trainingBucket } = await import('@chorus/blueprint');
  if (stage === undefined)
    return { table: physicalName(pipelineRunsTable), bucket: physicalName(trainingBucket) };
  const { GetFunctionConfigurationCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const lambda = new LambdaClient(client);
  const FunctionName = physicalName('record-run', stage);
  try {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    const { PIPELINE_RUNS_TABLE: table, TRAINING_BUCKET: bucket } = Environment?.Variables ?? {};
    if (table === undefined || bucket === undefined)
      throw new CliError(`${FunctionName} does not say where runs are kept: deploy it again`);
    return { table, bucket };
  } catch (cause) {
    if (!isCausedBy(cause, 'ResourceNotFoundException')) throw cause;
    throw new CliError(
      `${label} has no pipelines: there is no function ${FunctionName}. Deploy the blueprint of now`,
      { cause },
    );
  } finally {
    lambda.destroy();
  }
}

/** Does something with the pipelines of a cloud, and closes the connections to it. */
export async function withPipelines<Result>(
  target: Target,
  work: (cloud: PipelineCloud) => Promise<Result>,
): Promise<Result> {
  const [{ S3Client }, { SFNClient }, { DynamoDBClient }, { openRuns }, { pipelineMachineName }] =
    await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/client-sfn'),
      import('@aws-sdk/client-dynamodb'),
      import('@chorus/pipeline-runs'),
      import('@chorus/blueprint'),
    ]);
  const { table, bucket } = await placesOf(target);
  const s3 = new S3Client({
    ...target.client,
    forcePathStyle: target.client.endpoint !== undefined,
  });
  const sfn = new SFNClient(target.client);
  const dynamodb = new DynamoDBClient(target.client);
  try {
    return await work({
      s3,
      sfn,
      bucket,
      runs: openRuns(dynamodb, table),
      machineArn: (pipeline) =>
        findMachine(sfn, physicalName(pipelineMachineName(pipeline), target.stage), target),
    });
  } finally {
    for (const client of [s3, sfn, dynamodb]) client.destroy();
  }
}

/**
 * Returns a run of a pipeline: by the begin of its name, else the newest.
 *
 * @throws {CliError} if there is none, or several begin so
 */
export async function findRun(
  { runs }: PipelineCloud,
  pipeline: string,
  name: string | undefined,
): Promise<PipelineRun> {
  const all = await runs.list(pipeline, 1000);
  const [found, another] =
    name === undefined
      ? all.slice(0, 1)
      : all.filter(({ execution }) => execution.startsWith(name));
  if (found === undefined)
    throw new CliError(
      name === undefined
        ? `${pipeline} has not run yet: ${program} pipeline run ${pipeline} rows.csv`
        : `${pipeline} has no run ${name}: ${program} pipeline list ${pipeline}`,
    );
  if (another !== undefined)
    throw new CliError(`Several runs of ${pipeline} begin with ${name}: say more of it`);
  return found;
}

/** Returns the report of a run that has ended; undefined of one that has none. */
export async function readReport(
  { s3, bucket }: PipelineCloud,
  { report }: PipelineRun,
): Promise<RunReport | undefined> {
  if (report === undefined) return undefined;
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: report }));
  return JSON.parse((await Body?.transformToString()) ?? '');
}
