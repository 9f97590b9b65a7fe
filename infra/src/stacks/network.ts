import { type ISubnet, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { InfraError } from '../errors.ts';

/** A network without a way out, and who may speak to whom in it. */
export interface Network {
  readonly subnets: readonly [ISubnet, ISubnet];
  readonly functions: SecurityGroup;
  readonly database: SecurityGroup;
  readonly cache: SecurityGroup;
  /** Between the functions and the database, where there is one. */
  readonly proxy: SecurityGroup | undefined;
}

const postgres = Port.tcp(5432);
/** 6380 is where ElastiCache Serverless answers reads. */
const redis = Port.tcpRange(6379, 6380);

/**
 * Adds the network of the feature store: two isolated subnets, without NAT or endpoints. Functions in it reach no API
 * of AWS and need none: IAM tokens for the database are signed in the process, and Lambda delivers logs and traces
 * itself.
 */
export function addNetwork(scope: Construct, hasProxy: boolean): Network {
  const vpc = new Vpc(scope, 'Network', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    // Nothing uses the default group; closing it would take a function of its own.
    restrictDefaultSecurityGroup: false,
  });
  const [a, b] = vpc.isolatedSubnets;
  if (a === undefined || b === undefined)
    throw new InfraError('a database needs subnets in two availability zones');

  const group = (id: string, description: string) =>
    new SecurityGroup(scope, id, { vpc, description, allowAllOutbound: false });
  const functions = group('Functions', 'Functions that ask the feature store');
  const database = group('Database', 'The database of the feature store');
  const cache = group('Cache', 'The cache before the database');
  const proxy = hasProxy ? group('Proxy', 'The proxy before the database') : undefined;
  functions.connections.allowTo(cache, redis);
  functions.connections.allowTo(proxy ?? database, postgres);
  proxy?.connections.allowTo(database, postgres);

  acknowledge(
    vpc,
    'AwsSolutions-VPC7',
    'no route leads in or out, and groups open three ports to one kind of caller: a flow log would list nothing else',
  );
  return { subnets: [a, b], functions, database, cache, proxy };
}
