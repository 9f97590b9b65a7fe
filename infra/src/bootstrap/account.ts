import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { IAMClient, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { physicalName } from '@chorus/blueprint';
import { InfraError } from '../errors.ts';
import { liveAlias, nextAlias } from '../names.ts';
import { placeOf } from './arns.ts';
import { identityStack } from './stacks.ts';
import type { Found } from './steps.ts';
import type { Images } from './tidy.ts';
import { issuer } from './trust.ts';

/** Tells whether a stack is there, whatever state it is in. */
async function hasStack(client: CloudFormationClient, name: string): Promise<boolean> {
  try {
    await client.send(new DescribeStacksCommand({ StackName: name }));
    return true;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return false;
    throw error;
  }
}

/**
 * Finds out, with the usual credentials, which account they are of, and whether GitHub's identity provider is there
 * already and not ours.
 *
 * @throws {InfraError} if AWS does not say the account
 */
export async function lookAround(region: string): Promise<Found> {
  const sts = new STSClient({ region });
  const iam = new IAMClient({ region });
  const cloudFormation = new CloudFormationClient({ region });
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account === undefined) throw new InfraError('AWS did not say whose credentials these are');
    const { OpenIDConnectProviderList = [] } = await iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    const isThere = OpenIDConnectProviderList.some(({ Arn }) => Arn?.endsWith(`/${issuer}`));
    return {
      place: placeOf(Account, region),
      hasProvider: isThere && !(await hasStack(cloudFormation, identityStack)),
    };
  } finally {
    sts.destroy();
    iam.destroy();
    cloudFormation.destroy();
  }
}

/** Returns the images of a function's versions `live` and `next`, by its name in the blueprint. */
export async function imagesOf(name: string, stage: string, region: string): Promise<Images> {
  const lambda = new LambdaClient({ region });
  async function imageOf(alias: string): Promise<string | undefined> {
    const command = new GetFunctionCommand({
      FunctionName: physicalName(name, stage),
      Qualifier: alias,
    });
    try {
      const { Code } = await lambda.send(command);
      return Code?.ResolvedImageUri;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }
  try {
    return { live: await imageOf(liveAlias), next: await imageOf(nextAlias) };
  } finally {
    lambda.destroy();
  }
}
