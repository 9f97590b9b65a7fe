import { type FunctionSpec, physicalName } from '@chorus/blueprint';
import { Aws, Stack } from 'aws-cdk-lib';
import {
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
import type { Service } from './service.ts';

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
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  return models.map(({ name }) => `models/${name}/*/manifest.json`);
}

/**
 * A function's own role: it writes its own log and traces, and reads its own `models/<name>/*`; the front's calls
 * models and workflows. Nothing is granted by resource policies, which would tie the nested stacks into a knot, and
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
  const bucket = `arn:${Aws.PARTITION}:s3:::${bucketName('models', stage.prefix)}`;
  const objects = keysOf(spec, service).map((key) => `${bucket}/${key}`);
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
      serve: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'ReadModelVersions',
            actions: ['s3:GetObject'],
            resources: objects,
          }),
          ...(spec.kind === 'front' ? callsAll(stack, service, stage) : []),
        ],
      }),
    },
  });
  acknowledgeWildcard(
    role,
    '*',
    'X-Ray takes segments without a resource; PutTraceSegments and PutTelemetryRecords cannot be narrowed',
  );
  for (const each of objects)
    acknowledgeWildcard(role, each, 'Versions are added without a deployment; each is a new key');
  if (spec.kind === 'front')
    for (const each of modelFunctions(stack, service, stage, ':*'))
      acknowledgeWildcard(
        role,
        each,
        'Versions are published without a deployment; `/v2` may name any',
      );
  return role.withoutPolicyUpdates();
}
