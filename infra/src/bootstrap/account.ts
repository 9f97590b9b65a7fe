import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { IAMClient, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { InfraError } from '../errors.ts';
import { placeOf } from './arns.ts';
import { identityStack } from './stacks.ts';
import type { Found } from './steps.ts';
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
