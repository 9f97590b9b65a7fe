import { setTimeout } from 'node:timers/promises';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { physicalName } from '@chorus/blueprint';
import type { Variables } from '../../env.ts';
import { InfraError } from '../../errors.ts';
import type { AwsTools } from '../aws-tools.ts';
import { accountTools } from './account-tools.ts';
import { bucketTools } from './bucket-tools.ts';
import { databaseTools } from './database-tools.ts';
import { functionTools } from './function-tools.ts';
import { runMachine } from './run-machine.ts';
import { signedFetch } from './signed-fetch.ts';
import { stackTools } from './stack-tools.ts';
import { trafficTools } from './traffic-tools.ts';

/** The stage to act on, and how. */
export interface AtAws {
  readonly stage: string;
  readonly region: string;
  /** Environment of the CDK's command line. */
  readonly variables: Variables;
  /** More for the CDK's command line when it deploys. */
  readonly parameters: readonly string[];
  /** How often what takes its time is looked at, in milliseconds. @default 5000 */
  readonly pollMs?: number;
}

/** Lambda answers a function that runs for minutes only at its end. */
const invocationMs = 15 * 60_000;

/** The tools of a release at AWS, with the usual credentials, in the stage's region. */
export async function withAws<Result>(
  { stage, region, variables, parameters, pollMs = 5000 }: AtAws,
  work: (tools: AwsTools) => Promise<Result>,
): Promise<Result> {
  const lambda = new LambdaClient({ region, requestHandler: { requestTimeout: invocationMs } });
  const s3 = new S3Client({ region });
  const sts = new STSClient({ region });
  const machines = new SFNClient({ region });
  const keys = new APIGatewayClient({ region });
  const ec2 = new EC2Client({ region });
  const ssm = new SSMClient({ region });
  const cloudFormation = new CloudFormationClient({ region });
  const codeDeploy = new CodeDeployClient({ region });
  const rds = new RDSClient({ region });
  const rdsData = new RDSDataClient({ region });
  const clients = [
    lambda,
    s3,
    sts,
    machines,
    keys,
    ec2,
    ssm,
    cloudFormation,
    codeDeploy,
    rds,
    rdsData,
  ];
  const account = accountTools({ ec2, lambda, ssm, sts });
  try {
    return await work({
      account,
      stacks: stackTools({ cloudFormation, s3 }, { region, variables, parameters, pollMs }),
      functions: functionTools(lambda),
      traffic: trafficTools(codeDeploy, pollMs),
      database: databaseTools({ rds, rdsData }, pollMs),
      buckets: bucketTools(s3, `deploy ${stage}`),
      async runMachine(name, input) {
        const { account: id, partition } = await account.identity();
        const arn = `arn:${partition}:states:${region}:${id}:stateMachine:${name}`;
        return runMachine(machines, arn, input);
      },
      async apiKey(id) {
        const { value } = await keys.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }));
        if (value === undefined)
          throw new InfraError(
            `the API key ${id} of ${physicalName('serving', stage)} has no value`,
          );
        return value;
      },
      fetch: (request, isSigned) => (isSigned ? signedFetch(request, sts.config) : fetch(request)),
      async pause(ms, signal) {
        await setTimeout(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
      },
    });
  } finally {
    for (const client of clients) client.destroy();
  }
}
