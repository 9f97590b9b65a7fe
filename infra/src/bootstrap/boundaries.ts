import { arn, globalArn, namedArns, type Place, pathArns, toolkitArns } from './arns.ts';
import { denyNamesOfOthers, denyTagsOfOthers } from './deny-others.ts';
import type { OwnNames } from './stage-names.ts';
import type { Statement } from './statement.ts';

/**
 * The most that a role of a stage's stacks can do, whatever its own policies say: what functions, state machines, routes
 * and canaries do under the stage's names. It holds no right over IAM or stacks, and over settings only over those of the stage's own
 * functions: a pipeline changes them when it publishes a version.
 */
export function rolesBoundary(place: Place, own: OwnNames): readonly Statement[] {
  const { batch, dynamodb, events, lambda, states, s3, sns, sqs, logs } = namedArns(
    place,
    own.prefix,
  );
  return [
    {
      Sid: 'Serve',
      Effect: 'Allow',
      Action: [
        'batch:SubmitJob',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        'lambda:GetAlias',
        'lambda:GetFunction',
        'lambda:GetFunctionConfiguration',
        'lambda:GetProvisionedConcurrencyConfig',
        'lambda:InvokeFunction',
        'lambda:List*',
        'lambda:UpdateAlias',
        // A pipeline publishes versions and makes them live.
        'lambda:CreateAlias',
        'lambda:PublishVersion',
        'lambda:UpdateFunctionConfiguration',
        'logs:CreateLogStream',
        'logs:FilterLogEvents',
        'logs:PutLogEvents',
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject*',
        's3:ListBucket',
        's3:ListMultipartUploadParts',
        's3:PutObject',
        'sns:Publish',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
        'states:DescribeExecution',
        'states:DescribeStateMachine',
        'states:RedriveExecution',
        'states:StartExecution',
        'states:StartSyncExecution',
        'states:StopExecution',
      ],
      Resource: [
        ...batch,
        ...dynamodb,
        ...events,
        ...lambda,
        ...states,
        ...s3,
        ...sns,
        ...sqs,
        ...logs,
      ],
    },
    // An account has one role for all logs of API Gateway, whichever stage made it last; `welcome` is how it is tried.
    {
      Sid: 'ApiLogs',
      Effect: 'Allow',
      Action: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogStreams',
        'logs:FilterLogEvents',
        'logs:GetLogEvents',
        'logs:PutLogEvents',
      ],
      Resource: arn(place, 'logs', 'log-group:/aws/apigateway/*'),
    },
    // Rules by which Step Functions hears that an execution or a job which it waits for has ended: one each for the account.
    {
      Sid: 'HearOfEnds',
      Effect: 'Allow',
      Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      Resource: ['StepFunctionsExecution', 'BatchJobs'].map((ended) =>
        arn(place, 'events', `rule/StepFunctionsGetEventsFor${ended}Rule`),
      ),
    },
    // Images of jobs; those of functions Lambda fetches itself.
    {
      Sid: 'Images',
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      Resource: toolkitArns(place, own).images,
    },
    {
      Sid: 'Connect',
      Effect: 'Allow',
      Action: 'rds-db:connect',
      Resource: arn(place, 'rds-db', 'dbuser:*/features'),
    },
    {
      Sid: 'Observe',
      Effect: 'Allow',
      Action: [
        'batch:DescribeJobs',
        'batch:TerminateJob',
        'cloudwatch:DescribeAlarms',
        'ec2:AssignPrivateIpAddresses',
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:UnassignPrivateIpAddresses',
        'ecr:GetAuthorizationToken',
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      Resource: '*',
    },
    // Only CloudWatch tells of alarms.
    {
      Sid: 'NoAlarms',
      Effect: 'Deny',
      Action: 'sns:*',
      Resource: arn(place, 'sns', `${own.prefix}*alarms`),
    },
    ...denyTagsOfOthers(own),
    ...denyNamesOfOthers(place, own, [
      'batch',
      'dynamodb',
      'events',
      'lambda',
      'logs',
      'states',
      's3',
      'sns',
      'sqs',
    ]),
  ];
}

/** Calls that change a stack, or what is about to. */
const changingStacks = [
  'cloudformation:Activate*',
  'cloudformation:CancelUpdateStack',
  'cloudformation:Continue*',
  'cloudformation:Create*',
  'cloudformation:Delete*',
  'cloudformation:Execute*',
  'cloudformation:Import*',
  'cloudformation:Rollback*',
  'cloudformation:Set*',
  'cloudformation:Signal*',
  'cloudformation:Update*',
];

/**
 * The most that the roles of a stage's CDK bootstrap can do. By themselves they may change every stack of the account,
 * and read everything in it: in an account of two stages that would be the other's too.
 */
export function toolkitBoundary(place: Place, own: OwnNames): readonly Statement[] {
  const { bucket, images } = toolkitArns(place, own);
  const { roles, policies } = pathArns(place, own);
  return [
    { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' },
    {
      Sid: 'OwnStacksOnly',
      Effect: 'Deny',
      Action: changingStacks,
      NotResource: namedArns(place, own.prefix).cloudformation,
    },
    {
      Sid: 'OwnAssetsOnly',
      Effect: 'Deny',
      Action: [
        's3:DeleteObject*',
        's3:GetObject*',
        's3:PutObject*',
        's3:RestoreObject',
        'ecr:*Image*',
        'ecr:*Layer*',
      ],
      NotResource: [`${bucket}/*`, bucket, images],
    },
    {
      Sid: 'OwnRolesOnly',
      Effect: 'Deny',
      Action: [
        'iam:Add*',
        'iam:Attach*',
        'iam:Create*',
        'iam:Delete*',
        'iam:Detach*',
        'iam:Put*',
        'iam:Remove*',
        'iam:Set*',
        'iam:Tag*',
        'iam:Untag*',
        'iam:Update*',
        'iam:Upload*',
      ],
      NotResource: [roles, policies, globalArn(place, 'iam', 'role/aws-service-role/*')],
    },
    {
      Sid: 'NoSecrets',
      Effect: 'Deny',
      Action: ['secretsmanager:GetSecretValue', 'sts:AssumeRole'],
      Resource: '*',
    },
    ...denyTagsOfOthers(own),
    ...denyNamesOfOthers(place, own, ['cloudformation']),
  ];
}
