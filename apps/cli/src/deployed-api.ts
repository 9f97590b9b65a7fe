import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { defaultStage, physicalName, stageVariablePrefix } from '@chorus/blueprint/names';
import type { Settings } from './env.ts';
import { CliError, isCausedBy, UsageError } from './errors.ts';
import type { Admit, HttpApi } from './http-api.ts';
import { signer } from './signer.ts';
import type { Target } from './target.ts';

/** A stage's API as its stack says it. */
interface Deployed {
  readonly url: string;
  /** The callers that it accepts: `api-key`, `iam`, `jwt` or `open`. */
  readonly access: string;
  /** The id of its key, with `api-key`. */
  readonly keyId: string | undefined;
}

/** Returns the variable of the stage that says how to be let in: `STAGING_CHORUS_API_KEY`. */
const variableOf = ({ stage = defaultStage }: Target, kind: 'KEY' | 'TOKEN') =>
  `${stageVariablePrefix(stage)}CHORUS_API_${kind}`;

/** Returns what the outputs of a stage's Serving stack say. @throws {CliError} if it is not deployed */
async function readOutputs(
  client: CloudFormationClient,
  { stage, label }: Target,
): Promise<Deployed> {
  const { DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const StackName = physicalName('serving', stage);
  const hint = `deploy it with: npx -y pnpm@12 run deploy --stage ${stage}; or name another with --stage`;
  let stacks: Stack[] | undefined;
  try {
    ({ Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName })));
  } catch (cause) {
    if (!isCausedBy(cause, 'ValidationError')) throw cause;
    throw new CliError(
      `The stage ${stage} is not deployed: ${label} has no stack ${StackName}. To begin with, ${hint}`,
      { cause },
    );
  }
  const outputs = new Map(
    stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const url = outputs.get('ApiUrl');
  if (url === undefined)
    throw new CliError(`The stack ${StackName} has no output ApiUrl yet: ${hint}`);
  const keyId = outputs.get('KeyId');
  return {
    url,
    keyId,
    access: outputs.get('Access') ?? (keyId === undefined ? 'open' : 'api-key'),
  };
}

/** Returns the value of an API key. */
async function readKey({ client }: Target, id: string): Promise<string> {
  const { APIGatewayClient, GetApiKeyCommand } = await import('@aws-sdk/client-api-gateway');
  const gateway = new APIGatewayClient(client);
  try {
    const { value } = await gateway.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }));
    if (value === undefined) throw new CliError(`API Gateway does not tell the key ${id}`);
    return value;
  } finally {
    gateway.destroy();
  }
}

/**
 * Returns what lets requests into the API of a stage: the key it asks for, a signature, or the token of the environment.
 *
 * @throws {UsageError} if it asks for a token and the environment has none
 */
async function admission(
  client: CloudFormationClient,
  { access, keyId }: Deployed,
  target: Target,
  { apiKey, apiToken }: Settings,
): Promise<Admit | undefined> {
  if (access === 'iam') return signer(client.config, 'execute-api');
  if (access === 'jwt') {
    if (apiToken === undefined)
      throw new UsageError(
        `The API of ${target.stage} asks for a token of its issuer: put one into ${variableOf(target, 'TOKEN')}`,
      );
    return withToken(apiToken);
  }
  const key = apiKey ?? (keyId === undefined ? undefined : await readKey(target, keyId));
  return key === undefined ? undefined : withKey(key);
}

/** Returns what sends an API key with each request. */
export function withKey(key: string): Admit {
  return async ({ headers }) => ({ ...headers, 'x-api-key': key });
}

/** Returns what sends a token with each request. */
export function withToken(token: string): Admit {
  return async ({ headers }) => ({ ...headers, authorization: `Bearer ${token}` });
}

/**
 * Finds the API of a deployed stage, and what lets requests in, by the outputs of its stack.
 *
 * @throws {CliError} if the stage is not deployed, or the credentials may not read its stack or its key
 * @throws {UsageError} if the API asks for a token, which only the environment can have
 */
export async function findDeployedApi(target: Target, settings: Settings): Promise<HttpApi> {
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(target.client);
  try {
    const deployed = await readOutputs(client, target);
    const admit = await admission(client, deployed, target, settings);
    return { url: deployed.url, admit };
  } catch (cause) {
    if (!isCausedBy(cause, 'AccessDenied', 'AccessDeniedException')) throw cause;
    throw new CliError(
      `The credentials may not read the address and the key of ${target.stage} (cloudformation:DescribeStacks, apigateway:GET). Say both: --url and ${variableOf(target, 'KEY')}`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}
