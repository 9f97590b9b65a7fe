import type { LambdaClient } from '@aws-sdk/client-lambda';
import { physicalName } from '@chorus/blueprint/names';
import type { Registry, RegistryLocation } from '@chorus/registry';
import { CliError, isCausedBy } from './errors.ts';
import type { Target } from './target.ts';

/** The clients of the commands about models. */
export interface Cloud {
  readonly target: Target;
  /** The registry's bucket and client. */
  readonly location: RegistryLocation;
  readonly registry: Registry;
  readonly lambda: LambdaClient;
}

/**
 * Does something with the registry and Lambda of a target, and closes the connections to them.
 * The SDKs take a tenth of a second to load, hence only here.
 */
export async function withCloud<Result>(
  target: Target,
  work: (cloud: Cloud) => Promise<Result>,
): Promise<Result> {
  const [{ S3Client }, { LambdaClient }, { createRegistry }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-lambda'),
    import('@chorus/registry'),
  ]);
  // Other endpoints than AWS's seldom have a host name per bucket.
  const s3 = new S3Client({
    ...target.client,
    forcePathStyle: target.client.endpoint !== undefined,
  });
  const lambda = new LambdaClient(target.client);
  try {
    const location = { client: s3, bucket: await bucketOf(target, lambda) };
    const registry = createRegistry(location);
    return await work({ target, location, registry, lambda });
  } finally {
    s3.destroy();
    lambda.destroy();
  }
}

/**
 * The registry's bucket. Names of buckets are unique in all of AWS, so there a stage's carries account and region:
 * the functions know it.
 *
 * @throws {CliError} if the stage is not deployed
 */
async function bucketOf(
  { client: { region }, stage }: Target,
  lambda: LambdaClient,
): Promise<string> {
  const { blueprint } = await import('@chorus/service');
  const usual = physicalName('models', stage);
  const model = blueprint.functions.find(({ kind }) => kind === 'model');
  if (stage === undefined || model === undefined) return usual;
  const { GetFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  const FunctionName = physicalName(model.name, stage);
  try {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    return Environment?.Variables?.['MODEL_BUCKET'] ?? usual;
  } catch (cause) {
    if (!isCausedBy(cause, 'ResourceNotFoundException')) throw cause;
    const where = region === undefined ? 'this region' : region;
    throw new CliError(
      `The stage ${stage} is not deployed in ${where}: there is no function ${FunctionName}. Name another with --stage, or set AWS_REGION`,
      { cause },
    );
  }
}
