import { takeEvent } from '@chorus/blueprint';
import { callsPerMonth, hoursPerMonth, type RestingParts } from '@chorus/cost';
import type { Resource } from './assembly.ts';

/** Types of resources that cost something while they are there, but for those of which `countParts` tells. */
const billed: Readonly<Record<string, keyof RestingParts>> = {
  'AWS::CloudWatch::CompositeAlarm': 'compositeAlarms',
  'AWS::CloudWatch::Dashboard': 'dashboards',
  'AWS::ElastiCache::ServerlessCache': 'caches',
  'AWS::RDS::DBCluster': 'databases',
  'AWS::RDS::DBProxy': 'databaseProxies',
  'AWS::SecretsManager::Secret': 'secrets',
  'AWS::WAFv2::WebACL': 'webAcls',
};

/** Types of resources that cost nothing by themselves, or are a part of what is counted. Anything else is refused. */
const free: ReadonlySet<string> = new Set(
  `ApiGateway::Account ApiGateway::ApiKey ApiGateway::Authorizer ApiGateway::BasePathMapping ApiGateway::Deployment
  ApiGateway::DomainName ApiGateway::GatewayResponse ApiGateway::Method ApiGateway::Model ApiGateway::RequestValidator
  ApiGateway::Resource ApiGateway::RestApi ApiGateway::Stage ApiGateway::UsagePlan ApiGateway::UsagePlanKey
  CloudFormation::Stack CloudFront::Distribution CloudFront::Function CloudFront::OriginAccessControl
  CloudFront::ResponseHeadersPolicy CloudWatch::Alarm CodeDeploy::Application CodeDeploy::DeploymentGroup DynamoDB::Table
  EC2::RouteTable EC2::SecurityGroup EC2::SecurityGroupEgress EC2::SecurityGroupIngress EC2::Subnet
  EC2::SubnetRouteTableAssociation EC2::VPC Events::EventBus Events::Rule IAM::ManagedPolicy IAM::Policy IAM::Role Lambda::Alias
  Lambda::EventInvokeConfig Lambda::EventSourceMapping Lambda::Function Lambda::Permission Lambda::Version Logs::LogGroup Logs::MetricFilter RDS::DBClusterParameterGroup
  RDS::DBInstance RDS::DBProxyTargetGroup RDS::DBSubnetGroup S3::Bucket S3::BucketPolicy SNS::Subscription
  SNS::Topic SNS::TopicPolicy SQS::Queue SQS::QueuePolicy SSM::Parameter Scheduler::Schedule Scheduler::ScheduleGroup
  StepFunctions::StateMachine WAFv2::WebACLAssociation XRay::SamplingRule`
    .split(/\s+/)
    .map((name) => `AWS::${name}`),
);

type Properties = Readonly<Record<string, unknown>>;

/** The metrics of an alarm: one, or those that an expression is made of. */
function metricsOf({ Metrics }: Properties): number {
  return Array.isArray(Metrics)
    ? Metrics.filter((each: Properties) => each['MetricStat'] !== undefined).length
    : 1;
}

/** Calls a month of a rule. */
function callsOf({ ScheduleExpression }: Properties): number {
  const minutes = /^rate\((\d+) minutes?\)$/.exec(String(ScheduleExpression))?.[1];
  return Math.round((hoursPerMonth * 60) / Number(minutes));
}

/**
 * Counts in templates what `partsAtRest` knows without them, save what a release has Lambda keep ready.
 *
 * @throws if there is a resource of a type of which it is not known what it costs
 */
export function countParts(
  templates: readonly { readonly Resources?: Readonly<Record<string, Resource>> }[],
): Omit<RestingParts, 'provisioned'> {
  const entries = templates.flatMap(({ Resources = {} }) => Object.entries(Resources));
  const resources = entries.map(([, each]) => each);
  const unknown = resources.find(({ Type }) => !free.has(Type) && billed[Type] === undefined);
  if (unknown !== undefined) throw new Error(`what does ${unknown.Type} cost at rest?`);
  const of = (type: string) =>
    resources.filter(({ Type }) => Type === `AWS::${type}`).map((each) => each.Properties);
  const count = (part: keyof RestingParts) =>
    resources.filter(({ Type }) => billed[Type] === part).length;
  const functions = new Map(
    entries
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
      .map(([id, each]) => [id, each.Properties]),
  );
  const variables = (each: Properties) =>
    (each['Environment'] as { Variables?: Properties } | undefined)?.Variables ?? {};
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const callsOfSchedules = (schedules: readonly Properties[]) =>
    sum(schedules.map((each) => callsPerMonth(String(each['ScheduleExpression']))));
  return {
    alarmMetrics: sum(of('CloudWatch::Alarm').map(metricsOf)),
    compositeAlarms: count('compositeAlarms'),
    dashboards: count('dashboards'),
    secrets:
      count('secrets') +
      of('RDS::DBCluster').filter((each) => each['ManageMasterUserPassword'] === true).length,
    caches: count('caches'),
    databases: count('databases'),
    databaseProxies: count('databaseProxies'),
    webAcls: count('webAcls'),
    webAclRules: sum(
      of('WAFv2::WebACL').map(({ Rules }) => (Array.isArray(Rules) ? Rules.length : 0)),
    ),
    images: new Set([...functions.values()].map(({ Code }) => JSON.stringify(Code))).size,
    processors: new Set([...functions.values()].map(({ Architectures }) => String(Architectures)))
      .size,
    models: [...functions.values()].filter((each) => 'MODEL_BUCKET' in variables(each)).length,
    // Rules of events cost nothing while there are none; those that keep warm have a schedule.
    warmCalls: sum(
      of('Events::Rule')
        .filter(({ ScheduleExpression }) => ScheduleExpression !== undefined)
        .map(callsOf),
    ),
    polledQueues: of('Lambda::EventSourceMapping').length,
    scheduledCalls: callsOfSchedules(of('Scheduler::Schedule')),
    takingCalls: callsOfSchedules(
      of('Scheduler::Schedule').filter(
        ({ Target }) => (Target as Properties)['Input'] === JSON.stringify(takeEvent),
      ),
    ),
  };
}
