import { type FunctionSpec, physicalName } from '@chorus/blueprint';
import { Aws, Stack } from 'aws-cdk-lib';
import {
  Effect,
  type IRole,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge.ts';
import { bucketName, stateMachineArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { databaseUserArn, readLink } from './feature-store-link.ts';
import type { Service } from './service.ts';

/** ARN of a bucket; it is put together, so that no policy of the bucket has to name the function. */
function bucketArn(name: string, prefix: string): string {
  return `arn:${Aws.PARTITION}:s3:::${bucketName(name, prefix)}`;
}

/** X-Ray has no resources to name. */
const writeTraces = {
  sid: 'WriteTraces',
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
};

/** The models' functions, with `:*` for their alias `live` and every published version. */
function modelFunctions(
  stack: Stack,
  { blueprint }: Service,
  { prefix }: StageOptions,
  qualifier: '' | ':*',
): readonly string[] {
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  return models.map(({ name }) =>
    stack.formatArn({
      service: 'lambda',
      resource: `function:${physicalName(name, prefix)}${qualifier}`,
    }),
  );
}

/** What the function behind `/v2` calls: the models' published versions, and the workflows. */
function callsAll(stack: Stack, service: Service, stage: StageOptions): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'AskModels',
      actions: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
      resources: [...modelFunctions(stack, service, stage, ':*')],
    }),
    new PolicyStatement({
      sid: 'FindVersions',
      actions: ['lambda:ListVersionsByFunction'],
      resources: [...modelFunctions(stack, service, stage, '')],
    }),
    new PolicyStatement({
      sid: 'StartWorkflows',
      actions: ['states:StartSyncExecution'],
      resources: service.blueprint.workflows.map(({ name }) =>
        stateMachineArn(stack, name, stage.prefix),
      ),
    }),
  ];
}

/** Which objects of the bucket of model versions a function reads. */
function keysOf(spec: FunctionSpec, { blueprint }: Service): readonly string[] {
  if (spec.kind === 'model') return [`models/${spec.name}/*`];
  if (spec.kind !== 'gateway') return [];
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  return models.map(({ name }) => `models/${name}/*/manifest.json`);
}

/** Uploads have their own part of a bucket, whoever makes their keys. */
const uploadsPrefix = 'uploads/*';

/**
 * What is allowed of one more bucket: to read uploads, or to write them, for which presigned URLs are signed. Who may not
 * list what is missing is told 403 by S3 instead of 404, and could not say that a photo was never uploaded.
 */
function useBucket(
  name: string,
  use: 'read' | 'write',
  { prefix }: StageOptions,
): readonly PolicyStatement[] {
  const bucket = bucketArn(name, prefix);
  const objects = [`${bucket}/${uploadsPrefix}`];
  if (use === 'write')
    return [
      new PolicyStatement({
        sid: 'WriteUploads',
        actions: ['s3:PutObject'],
        resources: objects,
      }),
    ];
  return [
    new PolicyStatement({ sid: 'ReadUploads', actions: ['s3:GetObject'], resources: objects }),
    new PolicyStatement({ sid: 'MissUploads', actions: ['s3:ListBucket'], resources: [bucket] }),
  ];
}

/** What Lambda does with a function's role to put it into a network; network interfaces have no names beforehand. */
const networkActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * What a function that asks the feature store may do: log in as its user. Lambda may join it to the network, but the
 * function's own code, which has the same role, may not.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
function askFeatureStore(
  stack: Stack,
  { name }: FunctionSpec,
  { prefix }: StageOptions,
): readonly PolicyStatement[] {
  const functionArn = stack.formatArn({
    service: 'lambda',
    resource: `function:${physicalName(name, prefix)}`,
  });
  return [
    new PolicyStatement({
      sid: 'ConnectToDatabase',
      actions: ['rds-db:connect'],
      resources: [databaseUserArn(readLink(prefix).databaseId)],
    }),
    new PolicyStatement({ sid: 'JoinNetwork', actions: networkActions, resources: ['*'] }),
    new PolicyStatement({
      sid: 'NotByItsCode',
      effect: Effect.DENY,
      actions: networkActions,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    }),
  ];
}

/** Everything a function is for, as statements. */
function servesBy(
  stack: Stack,
  spec: FunctionSpec,
  objects: readonly string[],
  service: Service,
  stage: StageOptions,
): readonly PolicyStatement[] {
  const readVersions = new PolicyStatement({
    sid: 'ReadModelVersions',
    actions: ['s3:GetObject'],
    resources: [...objects],
  });
  return [
    ...(objects.length > 0 ? [readVersions] : []),
    ...Object.entries(spec.buckets ?? {}).flatMap(([name, use]) => useBucket(name, use, stage)),
    ...(spec.kind === 'gateway' ? callsAll(stack, service, stage) : []),
    ...(spec.featureStore === true ? askFeatureStore(stack, spec, stage) : []),
  ];
}

/**
 * A function's own role: it writes its own log and traces, and does what it is for: a model reads its own
 * `models/<name>/*`, the gateway calls models and workflows, others use the buckets and the database they name. Nothing is granted by resource policies, which would tie the nested stacks into a knot, and
 * nothing is added later: the role says all there is to say.
 */
export function functionRole(
  scope: Construct,
  spec: FunctionSpec,
  log: LogGroup,
  service: Service,
  stage: StageOptions,
): IRole {
  const stack = Stack.of(scope);
  const bucket = bucketArn('models', stage.prefix);
  const objects = keysOf(spec, service).map((key) => `${bucket}/${key}`);
  const statements = servesBy(stack, spec, objects, service, stage);
  const role = new Role(scope, `Role-${spec.name}`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Of the function ${physicalName(spec.name, stage.prefix)}`,
    inlinePolicies: {
      observe: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'WriteOwnLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [log.logGroupArn],
          }),
          new PolicyStatement(writeTraces),
        ],
      }),
      ...(statements.length > 0 && {
        serve: new PolicyDocument({ statements: [...statements] }),
      }),
    },
  });
  acknowledgeWildcard(
    role,
    '*',
    'X-Ray takes segments without a resource, PutTraceSegments and PutTelemetryRecords cannot be narrowed; nor can what Lambda does to join a network, which is denied to the code',
  );
  for (const name of Object.keys(spec.buckets ?? {}))
    acknowledgeWildcard(
      role,
      `${bucketArn(name, stage.prefix)}/${uploadsPrefix}`,
      'Each upload has a key of its own, made when it is asked for',
    );
  for (const each of objects)
    acknowledgeWildcard(role, each, 'Versions are added without a deployment; each is a new key');
  if (spec.kind === 'gateway')
    for (const each of modelFunctions(stack, service, stage, ':*'))
      acknowledgeWildcard(
        role,
        each,
        'Versions are published without a deployment; `/v2` may name any',
      );
  return role.withoutPolicyUpdates();
}
