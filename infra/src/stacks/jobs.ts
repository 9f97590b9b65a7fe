import {
  type Blueprint,
  type JobSpec,
  jobQueueName,
  needsOfWorkflow,
  physicalName,
  retryOf,
} from '@chorus/blueprint';
import { NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import { CfnComputeEnvironment, CfnJobDefinition, CfnJobQueue } from 'aws-cdk-lib/aws-batch';
import {
  GatewayVpcEndpointAwsService,
  type ISubnet,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge.ts';
import { architectureOf } from '../architecture.ts';
import { imageOfJob } from '../function-image.ts';
import type { StageOptions } from '../options.ts';
import { valueOn } from './function-environment.ts';
import { policyOf } from './link-policy.ts';
import { acknowledgeLogin, pullStatements } from './pull-image.ts';
import type { Service } from './service.ts';

/** Most jobs of the largest kind that run at once; the others wait. Nothing runs, and nothing is paid, while there are none. */
const mostAtOnce = 4;

/** The network of jobs, and what they may open in it. */
interface JobNetwork {
  readonly subnets: readonly ISubnet[];
  readonly group: SecurityGroup;
}

/**
 * Adds a network of public subnets, without NAT, which would cost every hour: a job has an address of its own while it runs, and
 * nothing can open a connection to it. It reaches S3 through a gateway endpoint, and the registry of images and the logs by HTTPS.
 */
function addNetwork(stack: NestedStack): JobNetwork {
  const vpc = new Vpc(stack, 'Network', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
    ],
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    // Nothing uses the default group; closing it would take a function of its own.
    restrictDefaultSecurityGroup: false,
  });
  const group = new SecurityGroup(stack, 'Jobs', {
    vpc,
    description: 'Jobs: out by HTTPS, nothing in',
    allowAllOutbound: false,
  });
  group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, images, logs');
  acknowledge(
    vpc,
    'AwsSolutions-VPC7',
    'nothing can open a connection to a job, and jobs open them to AWS: a flow log would list nothing else',
  );
  return { subnets: vpc.publicSubnets, group };
}

/** Adds the queue of jobs on one kind of capacity. */
function addQueue(
  stack: NestedStack,
  spot: boolean,
  jobs: readonly JobSpec[],
  { subnets, group }: JobNetwork,
  { name: stageName }: StageOptions,
): CfnJobQueue {
  const name = jobQueueName({ spot });
  const physical = physicalName(name, stageName);
  const environment = new CfnComputeEnvironment(stack, `Environment-${name}`, {
    computeEnvironmentName: physical,
    type: 'MANAGED',
    state: 'ENABLED',
    // One with a name cannot be replaced by another of this name.
    replaceComputeEnvironment: false,
    computeResources: {
      type: spot ? 'FARGATE_SPOT' : 'FARGATE',
      maxvCpus: Math.ceil(mostAtOnce * Math.max(...jobs.map(({ vCpu }) => vCpu))),
      subnets: subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [group.securityGroupId],
    },
  });
  return new CfnJobQueue(stack, `Queue-${name}`, {
    jobQueueName: physical,
    priority: 1,
    state: 'ENABLED',
    computeEnvironmentOrder: [
      { order: 1, computeEnvironment: environment.attrComputeEnvironmentArn },
    ],
  });
}

/** The role by which Fargate starts a job: it fetches the image, and writes the log. */
function addStartRole(
  stack: NestedStack,
  images: readonly DockerImageAsset[],
  log: LogGroup,
): Role {
  const role = new Role(stack, 'Start', {
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    description: 'By which Fargate starts jobs',
    inlinePolicies: {
      start: new PolicyDocument({
        statements: [
          ...pullStatements(images.map(({ repository }) => repository.repositoryArn)),
          new PolicyStatement({
            sid: 'WriteLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [log.logGroupArn],
          }),
        ],
      }),
    },
  });
  acknowledgeLogin(role);
  acknowledge(role, 'AwsSolutions-IAM5[Resource::<Log.Arn>]', 'Streams of one log group');
  return role;
}

/** The role of a job's program: what its links say, and no more. */
function addJobRole(
  stack: NestedStack,
  spec: JobSpec,
  { blueprint }: Service,
  options: StageOptions,
): Role {
  const { statements } = needsOfWorkflow(spec, blueprint);
  const { allowed, wildcards } = policyOf(stack, statements, options);
  const role = new Role(stack, `Role-${spec.name}`, {
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    description: `Of the job ${physicalName(spec.name, options.name)}`,
    ...(allowed.length > 0 && {
      inlinePolicies: { use: new PolicyDocument({ statements: [...allowed] }) },
    }),
  });
  for (const { arn, reason } of wildcards) acknowledgeWildcard(role, arn, reason);
  return role;
}

/** Adds the definition of a job: its image, size, role, variables, and when it is tried again. */
function addDefinition(
  stack: NestedStack,
  spec: JobSpec,
  image: DockerImageAsset,
  roles: { readonly start: Role; readonly job: Role },
  log: LogGroup,
  { blueprint }: Service,
  options: StageOptions,
): void {
  const { name, vCpu, memoryMb, command } = spec;
  const { variables } = needsOfWorkflow(spec, blueprint);
  new CfnJobDefinition(stack, `Definition-${name}`, {
    jobDefinitionName: physicalName(name, options.name),
    type: 'container',
    platformCapabilities: ['FARGATE'],
    containerProperties: {
      image: image.imageUri,
      ...(command && { command: [...command] }),
      executionRoleArn: roles.start.roleArn,
      jobRoleArn: roles.job.roleArn,
      resourceRequirements: [
        { type: 'VCPU', value: String(vCpu) },
        { type: 'MEMORY', value: String(memoryMb) },
      ],
      environment: Object.entries(variables).flatMap(([variable, value]) => {
        const text = valueOn(stack, value, options);
        return text === undefined ? [] : [{ name: variable, value: text }];
      }),
      // It has no other way to AWS than an address of its own.
      networkConfiguration: { assignPublicIp: 'ENABLED' },
      runtimePlatform: {
        operatingSystemFamily: 'LINUX',
        cpuArchitecture: architectureOf({}, options) === 'arm64' ? 'ARM64' : 'X86_64',
      },
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': log.logGroupName,
          'awslogs-region': stack.region,
          'awslogs-stream-prefix': name,
        },
      },
    },
    retryStrategy: {
      attempts: retryOf(spec).attempts,
      evaluateOnExit: [...retryOf(spec).evaluateOnExit],
    },
    timeout: { attemptDurationSeconds: spec.timeoutSeconds },
  });
}

/** Returns the jobs that Batch runs: those of SageMaker are made beside the state machines that run them. */
const jobsOfBatch = ({ jobs = [] }: Pick<Blueprint, 'jobs'>): readonly JobSpec[] =>
  jobs.filter(({ sageMaker }) => sageMaker === undefined);

/** Whether a service has jobs for Batch at all. */
export const hasJobs = (blueprint: Pick<Blueprint, 'jobs'>): boolean =>
  jobsOfBatch(blueprint).length > 0;

/** Adds the nested stack of jobs: AWS Batch on Fargate, of which nothing runs and nothing is paid while there is no job. */
export function addJobs(scope: Construct, service: Service, options: StageOptions): NestedStack {
  const stack = new NestedStack(scope, 'Jobs', { description: 'Chorus: jobs' });
  const jobs = jobsOfBatch(service.blueprint);
  const network = addNetwork(stack);
  for (const spot of [true, false]) {
    const own = jobs.filter((spec) => (spec.spot ?? true) === spot);
    if (own.length > 0) addQueue(stack, spot, own, network, options);
  }
  const log = new LogGroup(stack, 'Log', {
    logGroupName: `/aws/batch/${physicalName('jobs', options.name)}`,
    retention: options.logDays ?? 30,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const images = jobs.map((spec) => imageOfJob(stack, spec, service, options));
  const start = addStartRole(stack, images, log);
  for (const [index, spec] of jobs.entries()) {
    const image = images[index];
    if (image === undefined) continue;
    const job = addJobRole(stack, spec, service, options);
    addDefinition(stack, spec, image, { start, job }, log, service, options);
  }
  return stack;
}
