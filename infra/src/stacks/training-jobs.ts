import {
  type JobSpec,
  jobImageVariable,
  jobRoleVariable,
  needsOfWorkflow,
  physicalName,
  type StateMachineSpec,
} from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from '../acknowledge.ts';
import { imageOfJob } from '../function-image.ts';
import { ruleArnByName, trainingJobsArn } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { policyOf, type Wildcard } from './link-policy.ts';
import { acknowledgeLogin, pullStatements } from './pull-image.ts';
import type { Service } from './service.ts';

const sageMaker = 'sagemaker.amazonaws.com';

/** The rule by which Step Functions hears that a training job has ended. */
const endedRule = 'StepFunctionsGetEventsForSageMakerTrainingJobsRule';

/** The log group that SageMaker writes all training jobs of an account into. */
const logName = '/aws/sagemaker/TrainingJobs';

/** What a state machine needs to have SageMaker run jobs. */
interface TrainingJobs {
  /** Image and role of each, by what stands for them in the definition. */
  readonly substitutions: Readonly<Record<string, string>>;
  readonly allowed: readonly PolicyStatement[];
  readonly wildcards: readonly Wildcard[];
}

interface TrainingRole {
  readonly role: Role;
  readonly imageUri: string;
}

/** Adds the role of a job's program on SageMaker: what its links say, its image, its log. */
function addRole(
  stack: NestedStack,
  spec: JobSpec,
  service: Service,
  stage: StageOptions,
): TrainingRole {
  const image = imageOfJob(stack, spec, service, stage);
  const { statements } = needsOfWorkflow(spec, service.blueprint);
  const { allowed, wildcards } = policyOf(stack, statements, stage);
  const log = stack.formatArn({ service: 'logs', resource: `log-group:${logName}*` });
  const role = new Role(stack, `Training-${spec.name}`, {
    assumedBy: new ServicePrincipal(sageMaker),
    description: `Of the training job ${physicalName(spec.name, stage.name)}`,
    inlinePolicies: {
      use: new PolicyDocument({
        statements: [
          ...allowed,
          ...pullStatements([image.repository.repositoryArn]),
          new PolicyStatement({
            sid: 'WriteLog',
            actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [log],
          }),
        ],
      }),
    },
  });
  for (const { arn, reason } of wildcards) acknowledgeWildcard(role, arn, reason);
  acknowledgeLogin(role);
  acknowledgeWildcard(role, log, 'Streams of one log group, which SageMaker makes');
  return { role, imageUri: image.imageUri };
}

/**
 * The rights of a state that has SageMaker run a job and waits for its end: to begin and stop its runs, to hand it its role, and to
 * hear of the end.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
function rightsOver(
  stack: NestedStack,
  jobs: readonly { readonly spec: JobSpec; readonly made: TrainingRole }[],
  stageName: string,
): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'Train',
      actions: [
        'sagemaker:AddTags',
        'sagemaker:CreateTrainingJob',
        'sagemaker:DescribeTrainingJob',
        'sagemaker:StopTrainingJob',
      ],
      resources: jobs.map(({ spec }) => trainingJobsArn(stack, spec.name, stageName)),
    }),
    new PolicyStatement({
      sid: 'HandRole',
      actions: ['iam:PassRole'],
      resources: jobs.map(({ made }) => made.role.roleArn),
      conditions: { StringEquals: { 'iam:PassedToService': sageMaker } },
    }),
    new PolicyStatement({
      sid: 'HearOfTraining',
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [ruleArnByName(stack, endedRule)],
    }),
  ];
}

/** Adds what a state machine needs to have SageMaker run the jobs of its links; nothing, where it runs none there. */
export function addTrainingJobs(
  stack: NestedStack,
  { links = [] }: StateMachineSpec,
  service: Service,
  stage: StageOptions,
): TrainingJobs {
  const run = new Set(links.flatMap((link) => (link.kind === 'job' ? link.job : [])));
  const jobs = (service.blueprint.jobs ?? [])
    .filter((spec) => spec.sageMaker !== undefined && run.has(spec.name))
    .map((spec) => ({ spec, made: addRole(stack, spec, service, stage) }));
  if (jobs.length === 0) return { substitutions: {}, allowed: [], wildcards: [] };
  const allowed = rightsOver(stack, jobs, stage.name);
  return {
    substitutions: Object.fromEntries(
      jobs.flatMap(({ spec, made }) => [
        [jobImageVariable(spec.name), made.imageUri],
        [jobRoleVariable(spec.name), made.role.roleArn],
      ]),
    ),
    allowed,
    wildcards: jobs.map(({ spec }) => ({
      arn: trainingJobsArn(stack, spec.name, stage.name),
      reason: 'Runs on SageMaker get their names as they begin',
    })),
  };
}
