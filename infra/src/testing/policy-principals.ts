import { join } from 'node:path';
import { physicalName } from '@chorus/blueprint';
import { App } from 'aws-cdk-lib';
import { addStacks, type Stages } from '../bootstrap/app.ts';
import { ownNames } from '../bootstrap/stage-names.ts';
import { narrow } from '../narrow.ts';
import { type Assembly, type Resource, synthesise, temporaryFolder } from './assembly.ts';
import { withMessages } from './messages.ts';
import type { Call, Policy, Rights } from './policy.ts';
import { callsOf, entryOf } from './policy-calls.ts';
import {
  arnsOf,
  hostileOfBounded,
  hostileOfFunction,
  hostileOfPipeline,
  hostileOfService,
  hostileOfStage,
  hostileOfTemplate,
  type Names,
} from './policy-hostile.ts';
import { deployedTo, rolesOf, type TemplateRole, templatesOf } from './policy-roles.ts';

const { account, region } = deployedTo;
const root = join(import.meta.dirname, '../../..');

/** Stages that share an account, which is the hardest case. */
const sharing: Stages = {
  repository: { name: 'acme/chorus', id: 7 },
  stages: { staging: { region, account }, production: { region, account } },
  preview: { region, account },
};

/** A role of a stage, or of its bootstrap: what it has, what its code calls, and what it must not. */
export interface Principal {
  readonly name: string;
  readonly kind: string;
  readonly rights: Rights;
  /** An action alone has to be allowed on something. */
  readonly calls: readonly (Call | string)[];
  readonly hostile: readonly Call[];
}

/** Returns the names of a bootstrap of `sharing`. */
export function namesOf(bootstrap: string): Names {
  const { prefix, qualifier } = ownNames(bootstrap, Object.keys(sharing.stages));
  return bootstrap === 'preview'
    ? { bootstrap, qualifier, stage: 'pr-12', prefix: `${prefix}12-` }
    : { bootstrap, qualifier, stage: bootstrap, prefix };
}

/** Returns the resources of a bootstrap's stack. */
export function bootstrapResources(bootstrap: string): Readonly<Record<string, Resource>> {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  addStacks(app, sharing, bootstrap, account);
  return app.synth().getStackArtifact('Bootstrap').template.Resources;
}

/** Returns the policy, or the policies of the role, that a name stands for. */
function policyNamed(
  resources: Readonly<Record<string, Resource>>,
  name: string,
): readonly Policy[] {
  const found = Object.values(resources).find(
    ({ Properties }) => Properties['ManagedPolicyName'] === name || Properties['RoleName'] === name,
  );
  if (found === undefined) throw new Error(`the bootstrap makes no ${name}`);
  const { PolicyDocument, Policies } = found.Properties;
  return PolicyDocument === undefined
    ? (Policies as readonly { readonly PolicyDocument: Policy }[]).map(
        (each) => each.PolicyDocument,
      )
    : [PolicyDocument as Policy];
}

const everything: Policy = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** Whether a stage has its models asked by queues; where it has not, they have no right to any. */
const asksByQueues = (stage: string): boolean => stage === 'production';

/** Tells whether a function is given the messages of a queue. */
const takesMessages = (name: string, stage: string): boolean =>
  (narrow(withMessages, { region, fanOut: asksByQueues(stage) }).queues ?? []).some(
    ({ consumer }) => consumer?.function === name,
  );

function callsOfRole(role: TemplateRole, stage: string): readonly (Call | string)[] {
  const { takenBy, ofFunction, policies } = role;
  const spec = withMessages.functions.find(({ name }) => physicalName(name, stage) === ofFunction);
  const traced = ['logs:PutLogEvents', 'xray:PutTraceSegments'];
  if (spec !== undefined) {
    const entry = entryOf(root, spec.source);
    return [...traced, ...callsOf(entry, takesMessages(spec.name, stage))];
  }
  if (takenBy === 'states')
    // What the definition names; that these are its tasks is held by a test of the workflows.
    return (
      JSON.stringify(policies).match(/arn:aws:lambda:[\w:-]+:function:[\w-]+:\w+/g) ?? []
    ).map((resource) => ({ action: 'lambda:InvokeFunction', resource }));
  if (takenBy === 'codedeploy')
    return ['lambda:GetAlias', 'lambda:UpdateAlias', 'cloudwatch:DescribeAlarms'];
  return [];
}

/** Tells whether a function publishes versions of models, and makes them live. */
const doesRelease = ({ ofFunction }: TemplateRole, stage: string): boolean =>
  withMessages.functions.some(
    ({ name, links = [] }) =>
      physicalName(name, stage) === ofFunction && links.some(({ kind }) => kind === 'releases'),
  );

const assemblies = new Map<string, Assembly>();

/** Returns the templates of a stage, made once. */
function assemblyOf(stage: string): Assembly {
  const made =
    assemblies.get(stage) ??
    synthesise(
      {},
      {
        blueprint: withMessages,
        stages: [{ name: stage, region, fanOut: asksByQueues(stage), pins: {} }],
      },
    );
  assemblies.set(stage, made);
  return made;
}

/** Returns the roles that a stage's templates make. */
export function ofTemplates(own: Names, other: Names): readonly Principal[] {
  const boundary = policyNamed(
    bootstrapResources(own.bootstrap),
    `chorus-${own.bootstrap}-boundary`,
  );
  return rolesOf(assemblyOf(own.stage)).map((role) => ({
    name: role.ofFunction ?? role.id.replace(/^.*\//, ''),
    kind: role.ofFunction === undefined ? `role of ${role.takenBy}` : 'function',
    rights: { policies: role.policies, boundary },
    calls: callsOfRole(role, own.stage),
    hostile:
      role.ofFunction === undefined
        ? hostileOfService(own, other)
        : hostileOfFunction(role.ofFunction, own, other, doesRelease(role, own.stage)),
  }));
}

/** What the release reaches in other packages and does not call: promotions make versions themselves. */
const notCalled = new Set([
  'lambda:CreateAlias',
  'lambda:PublishVersion',
  'lambda:UpdateFunctionConfiguration',
]);

/** What `destroy` calls, which only previews are ended with by a workflow. */
const destroys = new Set([
  'cloudformation:DeleteStack',
  'rds:DeleteDBCluster',
  'rds:DeleteDBInstance',
  'rds:ModifyDBCluster',
  's3:DeleteBucket',
  's3:DeleteObjectVersion',
  's3:ListBucketVersions',
]);

/** Returns the roles and boundaries that a bootstrap makes, and what CloudFormation has by them. */
export function ofBootstrap(own: Names, other: Names): readonly Principal[] {
  const resources = bootstrapResources(own.bootstrap);
  const named = (part: string) => policyNamed(resources, `chorus-${own.bootstrap}-${part}`);
  const isPreview = own.bootstrap === 'preview';
  const { cdk } = arnsOf(own);
  const release = callsOf(join(import.meta.dirname, '../release/main.ts'), false);
  const toolkit = named('toolkit');
  return [
    {
      name: 'deploy',
      kind: 'pipeline',
      rights: { policies: named('deploy') },
      calls: [
        ...release.filter(
          (action) => !notCalled.has(action) && (isPreview || !destroys.has(action)),
        ),
        ...['deploy', 'file-publishing', 'image-publishing'].map((name) => ({
          action: 'sts:AssumeRole',
          resource: cdk(name),
        })),
      ],
      hostile: [...hostileOfPipeline(own, other), ...(isPreview ? [] : hostileOfStage(own))],
    },
    ...(isPreview
      ? []
      : [
          {
            name: 'assemble',
            kind: 'pipeline',
            rights: { policies: named('assemble') },
            calls: [
              'lambda:GetAlias',
              'lambda:GetFunctionConfiguration',
              'cloudformation:DescribeStacks',
              's3:GetObject',
              's3:ListBucket',
            ],
            hostile: [...hostileOfPipeline(own, other), ...hostileOfStage(own)],
          },
        ]),
    {
      name: 'execution',
      kind: 'CloudFormation',
      rights: {
        policies: ['execution', 'roles', 'others'].flatMap(named),
        boundary: toolkit,
      },
      calls: [],
      hostile: hostileOfTemplate(own, other),
    },
    {
      name: 'an administrator within `toolkit`',
      kind: 'boundary',
      rights: { policies: [everything], boundary: toolkit },
      calls: [
        { action: 'cloudformation:ExecuteChangeSet', resource: arnsOf(own).stack('functions') },
        { action: 'ecr:PutImage', resource: arnsOf(own).images },
        { action: 's3:PutObject', resource: `${arnsOf(own).assets}/a.json` },
      ],
      // Roles of the CDK have no right over roles, schedules and the topic of alarms, save that of CloudFormation, above.
      hostile: hostileOfBounded(own, other).filter(
        ({ action, resource }) =>
          !action.startsWith('scheduler:') &&
          resource !== arnsOf(other).alarms &&
          (!action.startsWith('iam:') || resource !== arnsOf(own).role),
      ),
    },
    {
      name: 'an administrator within `boundary`',
      kind: 'boundary',
      rights: { policies: [everything], boundary: named('boundary') },
      // What roles have besides, whose ARNs only AWS knows, or whose policies are AWS's own.
      calls: [
        { action: 'states:StartSyncExecution', resource: arnsOf(own).machine },
        ...['logs:CreateLogGroup', 'logs:DescribeLogStreams', 'logs:PutLogEvents'].map(
          (action) => ({
            action,
            resource: `arn:aws:logs:${region}:${account}:log-group:/aws/apigateway/welcome`,
          }),
        ),
      ],
      hostile: hostileOfBounded(own, other),
    },
  ];
}

/** Returns the types of all resources of a stage's templates. */
export function typesOf(stage: string): readonly string[] {
  const types = templatesOf(assemblyOf(stage)).flatMap(([, resources]) =>
    Object.values(resources).map(({ Type }) => Type),
  );
  return [...new Set(types)].sort();
}
