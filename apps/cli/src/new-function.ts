import {
  CreateFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import {
  examplesOf,
  type FunctionSpec,
  gatewayName,
  imageName,
  liveAlias,
  onnxModel,
  physicalName,
} from '@chorus/blueprint';
import { readServing, swap } from '@chorus/promotion';
import { firstVersion, type Manifest, modelKey } from '@chorus/registry';
import type { Cloud } from './cloud.ts';
import { isCausedBy } from './errors.ts';
import { promotionTarget } from './live.ts';

/** Longest time that Lambda may take for a change of a function, in seconds. */
const maxWaitTime = 60;

/** Returns what serves a new model: the function of every ONNX file, or that of photos. */
async function specOf({ name, image }: Manifest): Promise<FunctionSpec> {
  if (image === undefined) return onnxModel(name);
  const { photoModel } = await import('@chorus/service');
  return photoModel(name);
}

/** Returns the variables of a function's links: those of a function that is made of the same package, and served already. */
async function linksOf(
  lambda: Cloud['lambda'],
  { name, source, links = [] }: FunctionSpec,
): Promise<Readonly<Record<string, string>>> {
  if (links.length === 0) return {};
  const { blueprint } = await import('@chorus/service');
  const alike = blueprint.functions.find((each) => each.source === source && each.name !== name);
  if (alike === undefined) return {};
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: physicalName(alike.name) }),
  );
  return Environment?.Variables ?? {};
}

async function createFunction({ lambda, location }: Cloud, manifest: Manifest): Promise<void> {
  const spec = await specOf(manifest);
  const FunctionName = physicalName(manifest.name);
  try {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        PackageType: 'Image',
        Code: { ImageUri: imageName(spec.source) },
        Role: 'arn:aws:iam::000000000000:role/chorus-local',
        MemorySize: spec.memoryMb,
        Timeout: spec.timeoutSeconds,
        Environment: {
          Variables: {
            ...(await linksOf(lambda, spec)),
            MODEL_BUCKET: location.bucket,
            MODEL_KEY: modelKey(manifest.name, manifest.version),
          },
        },
      }),
    );
  } catch (error) {
    // An attempt that was cut off has made it already.
    if (!isCausedBy(error, 'ResourceConflictException')) throw error;
  }
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime }, { FunctionName });
}

/** How often the gateway is told when other commands change it at the same time. */
const mostTries = 20;

/**
 * Tells the gateway of a model: a version of it that knows the model becomes live. Begins again where another command
 * changes the gateway at the same time. A service may have no gateway.
 */
export async function tellGateway(cloud: Pick<Cloud, 'lambda'>, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await tellGatewayOnce(cloud, name);
      return;
    } catch (error) {
      if (isCausedBy(error, 'ResourceNotFoundException')) return;
      const isBusy = isCausedBy(error, 'ResourceConflictException', 'PreconditionFailedException');
      if (!isBusy || tries === mostTries) throw error;
      const FunctionName = physicalName(gatewayName);
      await waitUntilFunctionUpdatedV2({ client: cloud.lambda, maxWaitTime }, { FunctionName });
    }
  }
}

async function tellGatewayOnce({ lambda }: Pick<Cloud, 'lambda'>, name: string): Promise<void> {
  const FunctionName = physicalName(gatewayName);
  const alias = { FunctionName, Name: liveAlias };
  // Read first: where another command moves the alias from here on, this one begins again instead of moving it back.
  const before = await lambda.send(new GetAliasCommand(alias));
  const { Environment, RevisionId } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  const variables = Environment?.Variables ?? {};
  const functions: Readonly<Record<string, string>> = JSON.parse(
    variables['MODEL_FUNCTIONS'] ?? '{}',
  );
  const MODEL_FUNCTIONS = JSON.stringify({
    ...functions,
    [name]: `${physicalName(name)}:${liveAlias}`,
  });
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      RevisionId,
      Environment: { Variables: { ...variables, MODEL_FUNCTIONS } },
    }),
  );
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime }, { FunctionName });
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(
    new UpdateAliasCommand({ ...alias, FunctionVersion: Version, RevisionId: before.RevisionId }),
  );
}

/**
 * Serves a new model in a running local cloud: publishes its first version, makes its function, has it answer its
 * example, and tells the gateway of it. On AWS a deployment does this.
 *
 * @throws {RegistryError} if other weights have the same name there
 * @throws {PromotionError} if the function does not answer
 */
export async function serveNewModel(
  cloud: Cloud,
  manifest: Manifest,
  bytes: Uint8Array,
): Promise<void> {
  await cloud.registry.pushVersion(manifest, bytes);
  await createFunction(cloud, manifest);
  const { blueprint } = await import('@chorus/service');
  const target = {
    lambda: cloud.lambda,
    registry: cloud.location,
    model: manifest.name,
    functionName: physicalName(manifest.name),
    alias: liveAlias,
    examples: examplesOf(blueprint, await specOf(manifest)),
  };
  await swap(target, manifest.version);
  await tellGateway(cloud, manifest.name);
}

/**
 * Serves the first version of a model whose function waits for it in a running local cloud, and tells the gateway of it.
 *
 * @returns false where a version is live already
 * @throws {RegistryError} if other weights are v1 there
 * @throws {PromotionError} if the function does not answer
 */
export async function serveFirstVersion(
  cloud: Cloud,
  manifest: Manifest,
  bytes: Uint8Array,
): Promise<boolean> {
  const target = await promotionTarget(cloud, manifest.name);
  const { live } = await readServing(target);
  if (live !== undefined) return false;
  const first = { ...manifest, version: firstVersion };
  await cloud.registry.pushVersion(first, bytes);
  await swap(target, first.version);
  await tellGateway(cloud, first.name);
  return true;
}
