import { setTimeout } from 'node:timers/promises';
import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  PutProvisionedConcurrencyConfigCommand,
  paginateListProvisionedConcurrencyConfigs,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { parseModelKey } from '@chorus/registry/manifest';
import { InvocationError } from '../../errors.ts';
import type { FunctionTools, KeptReady } from '../aws-tools.ts';

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

/** Returns a call's answer, or undefined when Lambda knows no such function or alias. */
async function unlessUnknown<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (nameOf(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** How often an alias is moved that something else is moving. */
const conflicts = { attempts: 10, pauseMs: 1000 };

/**
 * Points an alias at one version, all of it. CodeDeploy may be moving it back at the same moment.
 *
 * @param pauseMs how long it waits before it tries again
 */
async function moveAlias(
  lambda: LambdaClient,
  [functionName, alias, version]: readonly [string, string, string],
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await lambda.send(
        new UpdateAliasCommand({
          FunctionName: functionName,
          Name: alias,
          FunctionVersion: version,
          // An empty map is what takes a second version away.
          RoutingConfig: { AdditionalVersionWeights: {} },
        }),
      );
      return;
    } catch (error) {
      const isBusy = ['ResourceConflictException', 'PreconditionFailedException'].includes(
        nameOf(error),
      );
      if (!isBusy || attempt === conflicts.attempts) throw error;
      await setTimeout(conflicts.pauseMs);
    }
  }
}

/** Asks a version. @throws {InvocationError} if the function fails, with what it said */
async function invoke(
  lambda: LambdaClient,
  functionName: string,
  qualifier: string,
  event: unknown,
): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      Qualifier: qualifier,
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError === undefined) return answer;
  const { errorType = FunctionError, errorMessage = '' } = Object(answer) as Record<string, string>;
  throw new InvocationError(
    `${functionName}:${qualifier} failed on ${JSON.stringify(event)}: ${errorType}: ${errorMessage}`,
    errorType,
  );
}

/** Reads what the versions of a function keep ready. */
async function keptReady(
  client: LambdaClient,
  functionName: string,
): Promise<readonly KeptReady[]> {
  const found: KeptReady[] = [];
  const pages = paginateListProvisionedConcurrencyConfigs(
    { client },
    { FunctionName: functionName },
  );
  try {
    for await (const { ProvisionedConcurrencyConfigs: configs = [] } of pages)
      for (const each of configs)
        found.push({
          version: each.FunctionArn?.split(':').at(-1) ?? '',
          environments: each.RequestedProvisionedConcurrentExecutions ?? 0,
          status: each.Status ?? '',
          ...(each.StatusReason !== undefined && { problem: each.StatusReason }),
        });
  } catch (error) {
    if (nameOf(error) !== 'ResourceNotFoundException') throw error;
  }
  return found;
}

/** Lambda. */
export function functionTools(lambda: LambdaClient): FunctionTools {
  return {
    async alias(functionName, alias) {
      const command = new GetAliasCommand({ FunctionName: functionName, Name: alias });
      const found = await unlessUnknown(lambda.send(command));
      if (found?.FunctionVersion === undefined) return undefined;
      const weights = found.RoutingConfig?.AdditionalVersionWeights ?? {};
      return { version: found.FunctionVersion, canaries: Object.keys(weights) };
    },
    async model(functionName, version) {
      const { Environment } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: version }),
      );
      const { MODEL_KEY: key = '', MODEL_SHA256: sha256 = '' } = Environment?.Variables ?? {};
      if (key === '') return undefined;
      return { version: parseModelKey(key).version, ...(sha256 !== '' && { sha256 }) };
    },
    moveAlias: (functionName, alias, version) => moveAlias(lambda, [functionName, alias, version]),
    async reserved(functionName) {
      const command = new GetFunctionConcurrencyCommand({ FunctionName: functionName });
      return (await unlessUnknown(lambda.send(command)))?.ReservedConcurrentExecutions ?? 0;
    },
    keptReady: (functionName) => keptReady(lambda, functionName),
    async keepReady(functionName, version, environments) {
      await lambda.send(
        new PutProvisionedConcurrencyConfigCommand({
          FunctionName: functionName,
          Qualifier: version,
          ProvisionedConcurrentExecutions: environments,
        }),
      );
    },
    async endReady(functionName, version) {
      const of = { FunctionName: functionName, Qualifier: version };
      await unlessUnknown(lambda.send(new DeleteProvisionedConcurrencyConfigCommand(of)));
    },
    invoke: (functionName, qualifier, event) => invoke(lambda, functionName, qualifier, event),
  };
}
