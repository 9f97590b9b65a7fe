import { DescribeAvailabilityZonesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { AccountTools } from '../aws-tools.ts';

/** The clients that the account is asked by. */
export interface AccountClients {
  readonly ec2: EC2Client;
  readonly lambda: LambdaClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** The account of the credentials, as AWS tells of it. */
export function accountTools({ ec2, lambda, ssm, sts }: AccountClients): AccountTools {
  return {
    async identity() {
      const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
      return { account: Account, partition: Arn.split(':')[1] ?? 'aws' };
    },
    async concurrency() {
      const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
      const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: unreserved = 0 } =
        AccountLimit ?? {};
      return { limit, unreserved };
    },
    async zones() {
      const command = new DescribeAvailabilityZonesCommand({
        Filters: [
          { Name: 'state', Values: ['available'] },
          { Name: 'zone-type', Values: ['availability-zone'] },
        ],
      });
      const { AvailabilityZones = [] } = await ec2.send(command);
      return AvailabilityZones.flatMap(({ ZoneName }) =>
        ZoneName === undefined ? [] : [ZoneName],
      );
    },
    async bootstrapVersion(parameter) {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
        const version = Number(Parameter?.Value);
        return Number.isInteger(version) ? version : undefined;
      } catch (error) {
        if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
        throw error;
      }
    },
  };
}
