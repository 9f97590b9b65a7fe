import { defaultStage, physicalName, type Repository, type StageSpec } from '@chorus/blueprint';
import { globalArn, type Place } from './arns.ts';
import { bootstrapName, executionParts, type OwnNames, previews, stageTag } from './stage-names.ts';

/** What a bootstrap finds in the account. */
export interface Found {
  readonly place: Place;
  /** Whether GitHub's identity provider is there already, made by something else. */
  readonly hasProvider: boolean;
}

/** One step: what it is for, and the CDK's command line. */
export interface Step {
  readonly what: string;
  readonly parameters: readonly string[];
}

/** The name of the CDK's own stack of a bootstrap. */
export function toolkitStack({ bootstrap }: OwnNames): string {
  return `chorus-toolkit-${bootstrap}`;
}

/**
 * Returns the steps of a bootstrap, in order: the CDK's own comes last, because its roles take policies that our stack
 * makes. Each can be done again, and then changes nothing.
 */
export function stepsOf(own: OwnNames, { place, hasProvider }: Found): readonly Step[] {
  const { bootstrap, qualifier } = own;
  const source = [
    '--app',
    'node src/bootstrap/main.ts',
    '-c',
    `bootstrap=${bootstrap}`,
    '-c',
    `account=${place.account}`,
  ];
  // It has just been asked for.
  const deploy = (id: string) => [
    'deploy',
    id,
    '--exclusively',
    ...source,
    '--require-approval',
    'never',
  ];
  const policies = executionParts.map((part) =>
    globalArn(place, 'iam', `policy/${bootstrapName(bootstrap, part)}`),
  );
  return [
    ...(hasProvider
      ? []
      : [
          {
            what: 'make GitHub known to AWS',
            parameters: deploy('Identity'),
          },
        ]),
    {
      what: `make the roles, limits and notices of ${bootstrap}`,
      parameters: deploy('Bootstrap'),
    },
    {
      what: `make a bucket, a repository of images and the CDK's roles for ${bootstrap}`,
      parameters: [
        'bootstrap',
        `aws://${place.account}/${place.region}`,
        ...source,
        '--qualifier',
        qualifier,
        '--toolkit-stack-name',
        toolkitStack(own),
        '--cloudformation-execution-policies',
        policies.join(','),
        '--custom-permissions-boundary',
        bootstrapName(bootstrap, 'toolkit'),
        '--apply-permissions-boundary-to-all-roles',
        ...(bootstrap === previews ? [] : ['--tags', `${stageTag}=${bootstrap}`]),
      ],
    },
  ];
}

/** Returns what is left to do by hand at GitHub, as command lines of `gh`. */
export function githubLines(
  { bootstrap }: OwnNames,
  { name }: Repository,
  place: Place,
): readonly string[] {
  const role = (part: 'deploy' | 'assemble') =>
    globalArn(place, 'iam', `role/${bootstrapName(bootstrap, part)}`);
  const environment = (which: string) => `gh api -X PUT repos/${name}/environments/${which}`;
  const onlyMain = (which: string) => [
    `${environment(which)} -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'`,
    `gh api -X POST repos/${name}/environments/${which}/deployment-branch-policies -f name=main`,
  ];
  const variable = (which: string, variableName: string, value: string) =>
    `gh variable set ${variableName} --repo ${name} --env ${which} --body ${value}`;
  if (bootstrap === previews)
    return [
      environment(previews),
      variable(previews, 'AWS_ROLE', role('deploy')),
      `gh variable set PREVIEWS --repo ${name} --body true`,
    ];
  return [
    ...onlyMain(bootstrap),
    variable(bootstrap, 'AWS_ROLE', role('deploy')),
    ...onlyMain('assemble'),
    variable(
      'assemble',
      `AWS_ROLE_${bootstrap.replaceAll('-', '_').toUpperCase()}`,
      role('assemble'),
    ),
  ];
}

/** Returns what a person has to know or do besides, in sentences. */
export function remarks(
  { bootstrap, others }: OwnNames,
  { notify }: StageSpec,
  shared: boolean,
): readonly string[] {
  const isPreview = bootstrap === previews;
  return [
    ...(bootstrap === defaultStage
      ? [
          `Until ${bootstrap} has required reviewers at GitHub (Settings, Environments, ${bootstrap}), a merge reaches it without asking a person.`,
        ]
      : []),
    ...(isPreview
      ? []
      : [
          notify === undefined
            ? `Alarms and costs of ${bootstrap} reach no one: give it notify in infra/stages.ts and bootstrap again.`
            : `${notify} gets a message of AWS: alarms reach it once the link in it is followed (topic ${physicalName('alarms', bootstrap)}).`,
        ]),
    ...(shared && notify !== undefined && !isPreview
      ? [
          'The budget is of the tag chorus:stage, since the account has more stages. It counts nothing until the tag is active, a day after: aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=chorus:stage,Status=Active',
        ]
      : []),
    ...(others.length > 0
      ? [
          `The roles of ${bootstrap} are kept off ${others.map((prefix) => `${prefix}…`).join(' and ')}. When infra/stages.ts gets another stage, bootstrap ${bootstrap} again.`,
        ]
      : []),
  ];
}
