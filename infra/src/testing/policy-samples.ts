import type { Call } from './policy.ts';
import { arnsOf, type Names } from './policy-hostile.ts';
import { deployedTo } from './policy-roles.ts';

const { account, region } = deployedTo;
const here = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;

/** Calls that AWS gives no resource to. */
const nameless =
  /^(batch:Describe|ec2:Describe|rds:(Describe(?!DB|Global)|CreateDBProxy)|elasticache:Describe|logs:(Describe|.*LogDelivery|.*ResourcePolicy)|xray:|cloudfront:List|iam:ListRoles|lambda:GetCodeSigningConfig)/;

/** Something of a stage that an action of a service is called on. */
const samples: Readonly<Record<string, (own: Names, name: string) => string>> = {
  apigateway: () => `arn:aws:apigateway:${region}::/restapis/0a1b`,
  batch: ({ prefix }, name) =>
    here(
      'batch',
      /Queue/.test(name)
        ? `job-queue/${prefix}jobs`
        : /Definition/.test(name)
          ? `job-definition/${prefix}fit:1`
          : `compute-environment/${prefix}jobs`,
    ),
  cloudformation: (own) => arnsOf(own).stack('serving-Api-0A1B'),
  cloudfront: () => `arn:aws:cloudfront::${account}:distribution/E0A1B`,
  cloudwatch: ({ prefix }, name) =>
    /Dashboard/.test(name)
      ? `arn:aws:cloudwatch::${account}:dashboard/${prefix}dashboard`
      : here('cloudwatch', `alarm:${prefix}api-errors`),
  codedeploy: ({ prefix }) => here('codedeploy', `deploymentgroup:${prefix}functions/${prefix}svr`),
  dynamodb: (own) => arnsOf(own).table,
  ec2: (_, name) =>
    here(
      'ec2',
      /SecurityGroup/.test(name)
        ? 'security-group/sg-0a1b'
        : /VpcEndpoint/.test(name)
          ? 'vpc-endpoint/vpce-0a1b'
          : /InternetGateway/.test(name)
            ? 'internet-gateway/igw-0a1b'
            : 'vpc/vpc-0a1b',
    ),
  elasticache: ({ prefix }) => here('elasticache', `serverlesscache:${prefix}features`),
  events: ({ prefix }, name) =>
    here('events', /Bus|Permission/.test(name) ? `event-bus/${prefix}events` : `rule/${prefix}a`),
  iam: (own, name) =>
    /Policy$|PolicyVersion|EntitiesForPolicy/.test(name) && !/Role/.test(name)
      ? `arn:aws:iam::${account}:policy/chorus/${own.bootstrap}/some`
      : arnsOf(own).role,
  kms: () => here('kms', 'key/0a1b'),
  lambda: (own, name) =>
    /EventSourceMapping/.test(name)
      ? here('lambda', 'event-source-mapping:0a1b')
      : arnsOf(own).function,
  logs: ({ prefix }) => here('logs', `log-group:/aws/lambda/${prefix}svr`),
  rds: ({ prefix }, name) =>
    here(
      'rds',
      /Target/.test(name)
        ? 'target-group:prx-tg-0a1b'
        : /Proxy/.test(name)
          ? 'db-proxy:prx-0a1b'
          : `cluster:${prefix}features`,
    ),
  s3: (own) => arnsOf(own).models,
  scheduler: (own, name) => (/Group/.test(name) ? arnsOf(own).scheduleGroup : arnsOf(own).schedule),
  secretsmanager: () => here('secretsmanager', 'secret:rds!cluster-0a1b'),
  sns: (own) => arnsOf(own).topic,
  sqs: (own) => arnsOf(own).queue,
  ssm: (own) => arnsOf(own).parameter,
  states: (own) => arnsOf(own).machine,
  wafv2: ({ prefix }) => here('wafv2', `regional/webacl/${prefix}api/0a1b`),
};

/** Returns a call of an action as a deployment of a stage makes it, with the context that it then has. */
export function sampleOf(action: string, own: Names): Call {
  const [service = '', name = ''] = action.split(':');
  if (action === 'iam:CreateServiceLinkedRole')
    return {
      action,
      resource: `arn:aws:iam::${account}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
      context: { 'iam:AWSServiceName': 'rds.amazonaws.com' },
    };
  const sample = nameless.test(action) ? () => '*' : samples[service];
  if (sample === undefined) throw new Error(`no sample of what ${action} is called on`);
  return {
    action,
    resource: sample(own, name),
    context: {
      'aws:ResourceTag/chorus:stage': own.stage,
      'aws:RequestTag/chorus:stage': own.stage,
      'iam:PermissionsBoundary': arnsOf(own).boundary,
      'iam:PassedToService': 'lambda.amazonaws.com',
      'kms:GrantIsForAWSResource': 'true',
      'lambda:FunctionArn': `${arnsOf(own).function}:live`,
    },
  };
}
