import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { physicalName } from '@chorus/blueprint/names';
import { CliError } from '../errors.ts';
import { program } from '../program.ts';
import type { Target } from '../target.ts';

/** The clients and the names that a batch needs. */
export interface BatchCloud {
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  /** The state machine that asks the workflow about files. */
  readonly machineArn: string;
  /** The bucket of files and answers, by its name in this cloud. */
  readonly bucket: string;
}

/** Returns the ARN of a state machine. @throws {CliError} if the cloud does not have it */
export async function findMachine(
  sfn: SFNClient,
  name: string,
  { label }: Target,
): Promise<string> {
  const { paginateListStateMachines } = await import('@aws-sdk/client-sfn');
  for await (const { stateMachines = [] } of paginateListStateMachines({ client: sfn }, {})) {
    const found = stateMachines.find((each) => each.name === name);
    if (found?.stateMachineArn !== undefined) return found.stateMachineArn;
  }
  throw new CliError(
    `${label} has no state machine ${name}. Start it again, or deploy, with the blueprint of now`,
  );
}

/** Returns the bucket that a state machine reads rows from: its definition says it, also where names have an account in them. */
async function bucketOf(sfn: SFNClient, stateMachineArn: string): Promise<string> {
  const { DescribeStateMachineCommand } = await import('@aws-sdk/client-sfn');
  const { definition } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const bucket: unknown = JSON.parse(definition ?? '{}').States?.Rows?.ItemReader?.Arguments
    ?.Bucket;
  if (typeof bucket !== 'string')
    throw new CliError(`${stateMachineArn} is no state machine of \`${program} batch\``);
  return bucket;
}

/**
 * Does something with the state machine of a batch, and closes the connections to it.
 *
 * @param machine its name in the blueprint
 */
export async function withBatchCloud<Result>(
  target: Target,
  machine: string,
  work: (cloud: BatchCloud) => Promise<Result>,
): Promise<Result> {
  const [{ S3Client }, { SFNClient }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-sfn'),
  ]);
  const s3 = new S3Client({
    ...target.client,
    forcePathStyle: target.client.endpoint !== undefined,
  });
  const sfn = new SFNClient(target.client);
  try {
    const machineArn = await findMachine(sfn, physicalName(machine, target.stage), target);
    return await work({ s3, sfn, machineArn, bucket: await bucketOf(sfn, machineArn) });
  } finally {
    s3.destroy();
    sfn.destroy();
  }
}
