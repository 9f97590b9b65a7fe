import type { Call } from './policy.ts';
import { deployedTo } from './policy-roles.ts';

const { account, region } = deployedTo;

/** Names of a bootstrap, in the account that it shares with others. */
export interface Names {
  readonly bootstrap: string;
  readonly prefix: string;
  readonly qualifier: string;
  /** A stage of it. */
  readonly stage: string;
}

const here = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
const iam = (name: string) => `arn:aws:iam::${account}:${name}`;

/** ARNs of what a bootstrap and its stages have. */
interface Arns {
  readonly models: string;
  readonly uploads: string;
  readonly function: string;
  readonly table: string;
  readonly machine: string;
  /** An execution of it. */
  readonly started: string;
  readonly rule: string;
  readonly log: string;
  readonly queue: string;
  readonly topic: string;
  readonly bus: string;
  readonly schedule: string;
  readonly scheduleGroup: string;
  /** The topic of the bootstrap that alarms go to. */
  readonly alarms: string;
  readonly stack: (part: string) => string;
  readonly cluster: string;
  readonly parameter: string;
  readonly role: string;
  readonly boundary: string;
  readonly execution: string;
  readonly toolkit: string;
  readonly deploy: string;
  readonly cdk: (name: string) => string;
  readonly assets: string;
  readonly images: string;
}

/** Returns the ARNs of what a bootstrap and its stages have. */
export function arnsOf({ bootstrap, prefix, qualifier }: Names): Arns {
  const where = `${account}-${region}`;
  return {
    models: `arn:aws:s3:::${prefix}models-${where}`,
    uploads: `arn:aws:s3:::${prefix}uploads-${where}`,
    function: here('lambda', `function:${prefix}uploads`),
    table: here('dynamodb', `table/${prefix}reviews`),
    machine: here('states', `stateMachine:${prefix}house-price`),
    started: here('states', `execution:${prefix}house-price:0a1b`),
    rule: here('events', `rule/${prefix}unlinked/${prefix}a`),
    queue: here('sqs', `${prefix}unlinked`),
    topic: here('sns', `${prefix}unlinked`),
    bus: here('events', `event-bus/${prefix}unlinked`),
    schedule: here('scheduler', `schedule/${prefix}schedules/${prefix}nightly`),
    scheduleGroup: here('scheduler', `schedule-group/${prefix}schedules`),
    alarms: here('sns', `${prefix}alarms`),
    log: here('logs', `log-group:/aws/lambda/${prefix}locate:log-stream:one`),
    stack: (part: string) => here('cloudformation', `stack/${prefix}${part}/0a1b`),
    cluster: here('rds', `cluster:${prefix}features`),
    parameter: here('ssm', `parameter/${prefix.replace(/-$/, '')}/feature-store/database-host`),
    role: iam(`role/chorus/${bootstrap}/some-role`),
    boundary: iam(`policy/chorus-${bootstrap}-boundary`),
    execution: iam(`policy/chorus-${bootstrap}-execution`),
    toolkit: iam(`policy/chorus-${bootstrap}-toolkit`),
    deploy: iam(`role/chorus-${bootstrap}-deploy`),
    cdk: (name: string) => iam(`role/cdk-${qualifier}-${name}-role-${where}`),
    assets: `arn:aws:s3:::cdk-${qualifier}-assets-${where}`,
    images: here('ecr', `repository/cdk-${qualifier}-container-assets-${where}`),
  };
}

type Line = readonly [action: string, resource: string, context?: Call['context']];
const calls = (lines: readonly Line[]): readonly Call[] =>
  lines.map(([action, resource, context]) => ({ action, resource, ...(context && { context }) }));

const provider = iam('oidc-provider/token.actions.githubusercontent.com');
const secret = here('secretsmanager', 'secret:rds!cluster-0a1b-2c3d');
const admin = { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' };
const tagged = ({ stage }: Names) => ({ 'aws:ResourceTag/chorus:stage': stage });

/** What no role of a pipeline or a deployment may do: gain rights, or lay hands on who gives them. */
function gainingRights(own: Names): readonly Line[] {
  const mine = arnsOf(own);
  return [
    ['iam:CreateUser', iam('user/x')],
    ['iam:CreateAccessKey', iam('user/x')],
    ['iam:CreateRole', iam('role/admin'), { 'iam:PermissionsBoundary': mine.boundary }],
    ['iam:CreateRole', mine.role],
    ['iam:CreateRole', mine.role, { 'iam:PermissionsBoundary': mine.execution }],
    ['iam:AttachRolePolicy', mine.role, admin],
    ['iam:AttachRolePolicy', mine.cdk('cfn-exec'), admin],
    ['iam:PutRolePolicy', mine.deploy],
    ['iam:PutRolePolicy', mine.role],
    ['iam:DeleteRolePermissionsBoundary', mine.role],
    ['iam:DeleteRolePermissionsBoundary', mine.cdk('cfn-exec')],
    ['iam:PutRolePermissionsBoundary', mine.role, { 'iam:PermissionsBoundary': mine.execution }],
    ['iam:CreatePolicyVersion', mine.boundary],
    ['iam:CreatePolicyVersion', mine.execution],
    ['iam:SetDefaultPolicyVersion', mine.toolkit],
    ['iam:DeletePolicy', mine.boundary],
    ['iam:UpdateAssumeRolePolicy', mine.deploy],
    ['iam:UpdateAssumeRolePolicy', mine.cdk('deploy')],
    ['iam:AddClientIDToOpenIDConnectProvider', provider],
    ['iam:DeleteOpenIDConnectProvider', provider],
    ['iam:CreateOpenIDConnectProvider', iam('oidc-provider/example.com')],
    ['sts:AssumeRole', iam('role/admin')],
  ];
}

/** What is another stage's, in the same account. */
function ofAnother(own: Names, other: Names): readonly Line[] {
  const theirs = arnsOf(other);
  return [
    ['cloudformation:DeleteStack', theirs.stack('foundation')],
    ['cloudformation:UpdateStack', theirs.stack('serving')],
    ['cloudformation:CreateChangeSet', theirs.stack('functions')],
    ['cloudformation:ExecuteChangeSet', theirs.stack('functions')],
    ['s3:GetObject', `${theirs.models}/models/svr/v1/model.onnx`],
    ['s3:PutObject', `${theirs.models}/models/svr/v1/model.onnx`],
    ['s3:GetObject', `${theirs.uploads}/uploads/a.jpg`],
    ['dynamodb:DeleteTable', theirs.table, tagged(other)],
    ['dynamodb:PutItem', theirs.table, tagged(other)],
    ['lambda:InvokeFunction', `${theirs.function}:live`, tagged(other)],
    ['lambda:UpdateAlias', theirs.function, tagged(other)],
    ['states:StartSyncExecution', theirs.machine, tagged(other)],
    ['states:StartExecution', theirs.machine, tagged(other)],
    ['states:StopExecution', theirs.started, tagged(other)],
    ['sqs:SendMessage', theirs.queue, tagged(other)],
    ['sqs:ReceiveMessage', theirs.queue, tagged(other)],
    ['sqs:SetQueueAttributes', theirs.queue, tagged(other)],
    ['sns:Publish', theirs.topic, tagged(other)],
    ['sns:Subscribe', theirs.topic, tagged(other)],
    ['sns:Publish', theirs.alarms],
    ['sns:Subscribe', theirs.alarms],
    ['events:PutEvents', theirs.bus, tagged(other)],
    ['events:PutTargets', theirs.rule, tagged(other)],
    // Schedules have no tags.
    ['scheduler:UpdateSchedule', theirs.schedule],
    [
      'lambda:UpdateEventSourceMapping',
      here('lambda', 'event-source-mapping:0a1b'),
      { 'lambda:FunctionArn': `${theirs.function}:live`, ...tagged(other) },
    ],
    ['rds-data:ExecuteStatement', theirs.cluster, tagged(other)],
    ['ecr:PutImage', theirs.images],
    ['s3:PutObject', `${theirs.assets}/a.json`],
    ['sts:AssumeRole', theirs.deploy],
    ['sts:AssumeRole', theirs.cdk('deploy')],
    ['sts:AssumeRole', theirs.cdk('file-publishing')],
    ['sts:AssumeRole', theirs.cdk('image-publishing')],
    ['iam:PutRolePolicy', theirs.role, { 'iam:PermissionsBoundary': arnsOf(own).boundary }],
    ['iam:CreatePolicyVersion', theirs.boundary],
  ];
}

/**
 * Hostile calls of a function's code.
 *
 * @param releases whether it publishes versions of models, and makes them live
 */
export function hostileOfFunction(
  name: string,
  own: Names,
  other: Names,
  releases: boolean,
): readonly Call[] {
  const mine = arnsOf(own);
  const theirs = arnsOf(other);
  const self = here('lambda', `function:${name}`);
  const toRelease: readonly Line[] = [['s3:PutObject', `${mine.models}/models/svr/v1/model.onnx`]];
  return calls([
    ...(releases ? [] : toRelease),
    ['s3:DeleteObject', `${mine.models}/models/svr/v1/model.onnx`],
    ['s3:DeleteBucket', mine.uploads],
    ['s3:GetObject', `${theirs.models}/models/svr/v1/model.onnx`],
    ['s3:GetObject', `${theirs.uploads}/uploads/a.jpg`],
    ['s3:PutObject', `${theirs.uploads}/uploads/a.jpg`],
    ['dynamodb:Scan', mine.table],
    ['dynamodb:DeleteTable', mine.table],
    ['dynamodb:GetItem', theirs.table],
    ['sqs:SendMessage', mine.queue],
    ['sqs:ReceiveMessage', mine.queue],
    ['sqs:PurgeQueue', mine.queue],
    ['sqs:SendMessage', theirs.queue],
    ['sns:Publish', mine.topic],
    ['sns:Publish', mine.alarms],
    ['sns:Subscribe', mine.topic],
    ['events:PutEvents', mine.bus],
    ['events:PutRule', mine.rule],
    ['events:PutEvents', here('events', 'event-bus/default')],
    ['scheduler:CreateSchedule', mine.schedule],
    ['lambda:InvokeFunction', `${mine.function}:live`],
    ['lambda:InvokeFunction', `${theirs.function}:live`],
    ['lambda:UpdateFunctionCode', self],
    ['lambda:UpdateFunctionConfiguration', self],
    ['lambda:UpdateAlias', self],
    ['iam:PassRole', mine.role, { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['iam:CreateRole', mine.role, { 'iam:PermissionsBoundary': mine.boundary }],
    ['sts:AssumeRole', mine.deploy],
    ['sts:AssumeRole', mine.cdk('deploy')],
    ['secretsmanager:GetSecretValue', secret],
    ['rds-data:ExecuteStatement', mine.cluster],
    ['rds-db:connect', here('rds-db', 'dbuser:cluster-0A1B/administrator')],
    ['ssm:GetParameter', mine.parameter],
    ['cloudformation:DeleteStack', mine.stack('foundation')],
    ['states:UpdateStateMachine', mine.machine],
    ['logs:PutLogEvents', theirs.log],
    ['logs:FilterLogEvents', theirs.log],
    ['logs:DeleteLogGroup', mine.log],
    ['kms:Decrypt', here('kms', 'key/0a1b')],
    ['ec2:RunInstances', here('ec2', 'instance/*')],
    ['ec2:CreateNetworkInterface', '*', { 'lambda:SourceFunctionArn': self }],
  ]);
}

/** Hostile calls of a state machine, or of an API's route. */
export function hostileOfService(own: Names, other: Names): readonly Call[] {
  const mine = arnsOf(own);
  return calls([
    ['lambda:InvokeFunction', `${mine.function}:live`],
    ['lambda:UpdateFunctionCode', mine.function],
    ['s3:GetObject', `${mine.uploads}/uploads/a.jpg`],
    ['states:StartExecution', mine.machine],
    ['sqs:ReceiveMessage', mine.queue],
    ['sqs:SendMessage', mine.queue],
    ['sns:Publish', mine.topic],
    ['sns:Publish', mine.alarms],
    ['events:PutEvents', mine.bus],
    ['events:PutTargets', mine.rule],
    ['scheduler:CreateSchedule', mine.schedule],
    ['secretsmanager:GetSecretValue', secret],
    ['rds-data:ExecuteStatement', mine.cluster],
    ...gainingRights(own),
    ...ofAnother(own, other),
  ]);
}

/** Hostile calls of a workflow of GitHub that may deploy, or read what is live. */
export function hostileOfPipeline(own: Names, other: Names): readonly Call[] {
  const mine = arnsOf(own);
  return calls([
    ['sts:AssumeRole', mine.cdk('cfn-exec')],
    ['sts:AssumeRole', mine.cdk('lookup')],
    ['lambda:UpdateFunctionCode', mine.function],
    ['lambda:AddPermission', mine.function],
    ['lambda:DeleteFunction', mine.function],
    ['iam:PassRole', mine.role, { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    [
      'secretsmanager:GetSecretValue',
      secret,
      { 'aws:ResourceTag/aws:rds:primaryDBClusterArn': arnsOf(other).cluster },
    ],
    ['secretsmanager:GetSecretValue', here('secretsmanager', 'secret:payroll-0a1b2c')],
    ['ssm:GetParameter', here('ssm', 'parameter/payroll')],
    ['ecr:SetRepositoryPolicy', mine.images],
    ['ecr:PutImage', mine.images],
    ['budgets:ModifyBudget', `arn:aws:budgets::${account}:budget/chorus-${own.bootstrap}`],
    ['ec2:RunInstances', here('ec2', 'instance/*')],
    ...gainingRights(own),
    ...ofAnother(own, other),
  ]);
}

/** Hostile calls of a workflow that deploys a stage: what only a preview may. */
export function hostileOfStage(own: Names): readonly Call[] {
  const mine = arnsOf(own);
  return calls([
    ['cloudformation:DeleteStack', mine.stack('foundation')],
    ['s3:GetObject', `${mine.uploads}/uploads/a.jpg`],
    ['s3:DeleteObjectVersion', `${mine.models}/models/svr/v1/model.onnx`],
    ['s3:DeleteBucket', mine.models],
    ['rds:DeleteDBCluster', mine.cluster],
    ['dynamodb:DeleteTable', mine.table],
    ['dynamodb:Scan', mine.table],
  ]);
}

/** Hostile calls of a template, with the rights that CloudFormation has. */
export function hostileOfTemplate(own: Names, other: Names): readonly Call[] {
  const mine = arnsOf(own);
  const theirs = arnsOf(other);
  return calls([
    ['iam:PassRole', mine.role, { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    ['iam:PassRole', mine.deploy, { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['iam:PassRole', mine.cdk('cfn-exec'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['dynamodb:GetItem', mine.table],
    ['dynamodb:Scan', mine.table],
    ['dynamodb:PutItem', mine.table],
    ['dynamodb:DeleteTable', theirs.table],
    ['lambda:InvokeFunction', `${mine.function}:live`],
    ['s3:GetObject', `${mine.models}/models/svr/v1/model.onnx`],
    ['s3:GetObject', `${mine.uploads}/uploads/a.jpg`],
    ['s3:PutObject', `${mine.models}/models/svr/v1/model.onnx`],
    ['secretsmanager:GetSecretValue', secret],
    ['rds-data:ExecuteStatement', mine.cluster],
    ['states:StartSyncExecution', mine.machine],
    ['states:StartExecution', mine.machine],
    ['sqs:SendMessage', mine.queue],
    ['sqs:ReceiveMessage', mine.queue],
    ['sqs:PurgeQueue', mine.queue],
    ['sns:Publish', mine.topic],
    ['events:PutEvents', mine.bus],
    ['events:PutTargets', here('events', 'rule/payroll')],
    ['scheduler:DeleteScheduleGroup', here('scheduler', 'schedule-group/default')],
    [
      'lambda:CreateEventSourceMapping',
      '*',
      { 'lambda:FunctionArn': here('lambda', 'function:payroll') },
    ],
    ['iam:PassRole', mine.deploy, { 'iam:PassedToService': 'scheduler.amazonaws.com' }],
    ['s3:DeleteBucket', theirs.models],
    ['s3:PutBucketPolicy', theirs.uploads],
    ['rds:DeleteDBCluster', theirs.cluster, tagged(other)],
    ['ec2:DeleteVpc', here('ec2', 'vpc/vpc-0a1b'), tagged(other)],
    ['apigateway:DELETE', `arn:aws:apigateway:${region}::/restapis/0a1b`, tagged(other)],
    [
      'cloudfront:UpdateDistribution',
      `arn:aws:cloudfront::${account}:distribution/E0A1B`,
      tagged(other),
    ],
    ['lambda:TagResource', mine.function, { 'aws:RequestTag/chorus:stage': other.stage }],
    ['kms:CreateGrant', here('kms', 'key/0a1b'), { 'kms:GrantIsForAWSResource': 'false' }],
    ['kms:Decrypt', here('kms', 'key/0a1b')],
    ['ec2:RunInstances', here('ec2', 'instance/*')],
    ['budgets:ModifyBudget', `arn:aws:budgets::${account}:budget/chorus-${own.bootstrap}`],
    ['sns:Subscribe', mine.alarms],
    ['sns:DeleteTopic', mine.alarms],
    ...gainingRights(own),
    ...ofAnother(own, other),
  ]);
}

/** Hostile calls of a role with all rights, that only a boundary holds. */
export function hostileOfBounded(own: Names, other: Names): readonly Call[] {
  return calls([...gainingRights(own), ...ofAnother(own, other)]);
}
