import type { Repository, StageSpec } from '@chorus/blueprint';
import { BootstraplessSynthesizer, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnOIDCProvider,
  ManagedPolicy,
  PolicyDocument,
  Role,
  type WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { OptionError } from '../errors.ts';
import { acknowledgeStatements } from './acknowledge-statements.ts';
import { namedServices, type Place } from './arns.ts';
import { rolesBoundary, toolkitBoundary } from './boundaries.ts';
import { denyConsumersOfOthers, denyNamesOfOthers, denyTagsOfOthers } from './deny-others.ts';
import { executionOverRoles } from './execution-over-roles.ts';
import { executionOverConsumers, executionOverJobs } from './execution-over-work.ts';
import { executionPolicy } from './execution-policy.ts';
import { addBudget, addTopic } from './notices.ts';
import { assembleRights, deployRights } from './pipeline-roles.ts';
import { bootstrapName, type OwnNames, previews } from './stage-names.ts';
import type { Statement } from './statement.ts';
import { issuer, trustWorkflows } from './trust.ts';

/** The name of the stack of GitHub's identity, one in an account. */
export const identityStack = 'chorus-identity';

/** The name of the stack of a bootstrap's roles. */
function bootstrapStack(bootstrap: string): string {
  return `chorus-bootstrap-${bootstrap}`;
}

/** What a bootstrap is made of. */
export interface Bootstrap {
  readonly place: Place;
  readonly own: OwnNames;
  readonly spec: StageSpec;
  readonly repository: Repository & { readonly id: number };
  /** Whether other stages are in the same account. */
  readonly isShared: boolean;
}

/** Returns the options of stacks that need no bootstrap: they are what it begins with. */
function withoutBootstrap(stackName: string, { region, account }: Place) {
  return {
    stackName,
    env: { region, account },
    synthesizer: new BootstraplessSynthesizer(),
    analyticsReporting: false,
  };
}

/**
 * Adds the stack by which AWS knows GitHub. An account has one provider for an issuer, so all stages in it share it, and it
 * stays when the stack goes. IAM checks the issuer's certificate by itself and needs no thumbprint.
 */
export function addIdentity(scope: Construct, id: string, place: Place): Stack {
  const stack = new Stack(scope, id, {
    ...withoutBootstrap(identityStack, place),
    description: 'Chorus: lets workflows of GitHub take roles',
  });
  const provider = new CfnOIDCProvider(stack, 'GitHub', {
    url: `https://${issuer}`,
    clientIdList: ['sts.amazonaws.com'],
  });
  provider.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return stack;
}

/** IAM's limit, without white space. */
const mostCharacters = 6144;

/** Returns what CloudFormation may not touch; a policy cannot be empty, so it is said of tags at least. */
function othersPolicy(place: Place, own: OwnNames): readonly Statement[] {
  return [
    ...denyTagsOfOthers(own),
    ...denyNamesOfOthers(place, own, namedServices),
    ...denyConsumersOfOthers(place, own),
  ];
}

/** @throws {OptionError} if IAM would refuse the policy as too long */
function addPolicy(
  stack: Stack,
  id: string,
  managedPolicyName: string,
  description: string,
  statements: readonly Statement[],
  reason: string,
): void {
  const document = { Version: '2012-10-17', Statement: statements };
  const characters = JSON.stringify(document).replaceAll(/\s/g, '').length;
  if (characters > mostCharacters)
    throw new OptionError(
      `${managedPolicyName} has ${characters} characters, and IAM takes ${mostCharacters}: give stages accounts of their own in infra/stages.ts, then it need not name the others`,
    );
  const policy = new ManagedPolicy(stack, id, {
    managedPolicyName,
    description,
    document: PolicyDocument.fromJson(document),
  });
  acknowledgeStatements(policy, statements, reason);
}

function addRole(
  stack: Stack,
  id: string,
  roleName: string,
  description: string,
  assumedBy: WebIdentityPrincipal,
  statements: readonly Statement[],
): void {
  const role = new Role(stack, id, {
    roleName,
    description,
    assumedBy,
    inlinePolicies: {
      rights: PolicyDocument.fromJson({ Version: '2012-10-17', Statement: statements }),
    },
  });
  acknowledgeStatements(role, statements, 'what a stage has is told by how its names begin');
  new CfnOutput(stack, `${id}Role`, { description, value: role.roleArn });
}

/**
 * Adds the stack of the roles through which a stage is deployed, and of what tells people about it. The CDK's own
 * bootstrap follows it, since that takes two of its policies.
 */
export function addBootstrap(
  scope: Construct,
  id: string,
  { place, own, spec, repository, isShared }: Bootstrap,
): Stack {
  const { bootstrap } = own;
  const isPreview = bootstrap === previews;
  const name = (what: Parameters<typeof bootstrapName>[1]) => bootstrapName(bootstrap, what);
  const stack = new Stack(scope, id, {
    ...withoutBootstrap(bootstrapStack(bootstrap), place),
    description: `Chorus: roles, limits and notices of ${bootstrap}`,
  });
  addPolicy(
    stack,
    'Execution',
    name('execution'),
    'What CloudFormation may make of this stage',
    executionPolicy(place, own),
    'CloudFormation makes, changes and removes what has the names of the stage; of EC2, API Gateway, CloudFront and WAF AWS gives the names',
  );
  addPolicy(
    stack,
    'Roles',
    name('roles'),
    'What CloudFormation may do with roles, consumers and jobs of this stage',
    [
      ...executionOverRoles(place, own),
      ...executionOverConsumers(place, own),
      ...executionOverJobs(place, own),
    ],
    'roles and policies of the stage have its path, and CloudFormation gives their names; consumers are told by their functions',
  );
  addPolicy(
    stack,
    'Others',
    name('others'),
    'What CloudFormation may not touch although its name begins like one of this stage',
    othersPolicy(place, own),
    '',
  );
  addPolicy(
    stack,
    'Boundary',
    name('boundary'),
    'The most that roles of this stage can do',
    rolesBoundary(place, own),
    'a boundary gives no rights, it takes away all others',
  );
  addPolicy(
    stack,
    'Toolkit',
    name('toolkit'),
    "The most that roles of this stage's CDK bootstrap can do",
    toolkitBoundary(place, own),
    'a boundary gives no rights, it takes away all others',
  );
  addRole(
    stack,
    'Deploy',
    name('deploy'),
    `Workflows that deploy ${bootstrap}`,
    trustWorkflows(place, repository, bootstrap, isPreview),
    deployRights(place, own),
  );
  if (isPreview) return stack;
  addRole(
    stack,
    'Assemble',
    name('assemble'),
    `Workflows that read what is live in ${bootstrap}`,
    trustWorkflows(place, repository, 'assemble', false),
    assembleRights(place, own),
  );
  addTopic(stack, bootstrap, spec);
  addBudget(stack, bootstrap, spec, isShared);
  return stack;
}
