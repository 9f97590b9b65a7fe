import type { Assembly, Resource } from './assembly.ts';
import type { Policy } from './policy.ts';

/** Where templates are deployed to, in tests. */
export const deployedTo = { account: '111122223333', region: 'us-east-1' } as const;

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': deployedTo.account,
  'AWS::Region': deployedTo.region,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A role of a template, with its policies resolved. */
export interface TemplateRole {
  /** The template's file and the role's id in it. */
  readonly id: string;
  /** The service that takes it: `lambda`. */
  readonly takenBy: string;
  readonly policies: readonly Policy[];
  readonly boundary: unknown;
  readonly path: unknown;
  /** The function that has it, by its name. */
  readonly ofFunction: string | undefined;
}

type Resources = Readonly<Record<string, Resource>>;

/** Returns a value with references written out; what only AWS knows is `<its reference>`. */
function resolved(value: unknown, resources: Resources): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolved(each, resources));
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return pseudo[Ref] ?? `<${Ref}>`;
  if (Array.isArray(join)) {
    const [separator, parts] = join as [string, readonly unknown[]];
    return parts.map((part) => String(resolved(part, resources))).join(separator);
  }
  if (Array.isArray(attribute)) {
    const [id, name] = attribute as [string, string];
    const logName = resources[id]?.Properties['LogGroupName'];
    return name === 'Arn' && typeof logName === 'string'
      ? `arn:aws:logs:${deployedTo.region}:${deployedTo.account}:log-group:${logName}:*`
      : `<${id}.${name}>`;
  }
  const entries = Object.entries(value);
  if (entries.some(([key]) => key.startsWith('Fn::'))) return `<${JSON.stringify(value)}>`;
  return Object.fromEntries(entries.map(([key, each]) => [key, resolved(each, resources)]));
}

/** Whether a value refers to a resource of the same template. */
function refersTo(value: unknown, id: string): boolean {
  const text = JSON.stringify(value) ?? '';
  return text.includes(`{"Ref":"${id}"}`) || text.includes(`{"Fn::GetAtt":["${id}","Arn"]}`);
}

function rolesOfTemplate(file: string, resources: Resources): readonly TemplateRole[] {
  const all = Object.entries(resources);
  const policiesOf = (id: string, { Properties }: Resource) => [
    ...((Properties['Policies'] ?? []) as readonly { readonly PolicyDocument: unknown }[]).map(
      ({ PolicyDocument }) => PolicyDocument,
    ),
    ...all.flatMap(([policyId, policy]) =>
      (/^AWS::IAM::(Managed)?Policy$/.test(policy.Type) &&
        refersTo(policy.Properties['Roles'], id)) ||
      refersTo(Properties['ManagedPolicyArns'], policyId)
        ? [policy.Properties['PolicyDocument']]
        : [],
    ),
  ];
  return all.flatMap(([id, role]) => {
    if (role.Type !== 'AWS::IAM::Role') return [];
    const { AssumeRolePolicyDocument, PermissionsBoundary, Path } = role.Properties;
    const [, takenBy = '?'] =
      /"Service":"(\w+)\.amazonaws\.com"/.exec(JSON.stringify(AssumeRolePolicyDocument)) ?? [];
    const [, holder] =
      all.find(
        ([, { Type, Properties }]) =>
          Type === 'AWS::Lambda::Function' && refersTo(Properties['Role'], id),
      ) ?? [];
    return [
      {
        id: `${file}/${id}`,
        takenBy,
        policies: policiesOf(id, role).map((each) => resolved(each, resources) as Policy),
        boundary: resolved(PermissionsBoundary, resources),
        path: Path,
        ofFunction: holder?.Properties['FunctionName'] as string | undefined,
      },
    ];
  });
}

/** Returns the templates of an assembly, by their file's name. */
export function templatesOf(assembly: Assembly): readonly (readonly [string, Resources])[] {
  return assembly
    .names()
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => [name, JSON.parse(assembly.file(name) ?? '{}').Resources ?? {}] as const);
}

/** Returns all roles of an assembly. */
export function rolesOf(assembly: Assembly): readonly TemplateRole[] {
  return templatesOf(assembly).flatMap(([file, resources]) => rolesOfTemplate(file, resources));
}
