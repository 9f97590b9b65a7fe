import {
  type Blueprint,
  functionsOf,
  gatewayName,
  needsOfFunction,
  onnxModel,
} from '@chorus/blueprint';
import { blueprint as service } from '@chorus/service';
import { App, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { afterAll, describe, expect, it } from 'vitest';
import { OptionError } from '../errors.ts';
import {
  cleanUp,
  flags,
  ofType,
  production,
  synthesise,
  temporaryFolder,
  written,
} from '../testing/assembly.ts';
import { dashboardOf } from '../testing/dashboard.ts';
import { environmentOf } from './function-environment.ts';
import { functionRole } from './function-role.ts';
import { policyOf } from './link-policy.ts';

const outdir = temporaryFolder();
afterAll(cleanUp);

/** The service with so many models more that are files. */
function serviceWith(count: number, prefix = 'model'): Blueprint {
  const added = Array.from({ length: count }, (_, index) => onnxModel(`${prefix}-${index}`));
  return {
    ...service,
    functions: functionsOf(service.workflows, [...service.functions, ...added]),
  };
}

interface Policy {
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Action: unknown;
    readonly Resource: unknown;
  }[];
}

/** One allowed action on one resource a line. */
const rightsOf = (policies: readonly Policy[]) =>
  policies.flatMap(({ Statement }) =>
    Statement.flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((each) => `${action} ${written(each)}`)),
    ),
  );

/** Makes the gateway's role. */
function roleOf(blueprint: Blueprint, name: string) {
  const stack = new Stack(new App({ context: { ...flags.context }, outdir }), 'Models');
  const spec = blueprint.functions.find((each) => each.name === gatewayName);
  if (spec === undefined) throw new Error('no gateway');
  const stage = { ...production, name };
  functionRole(stack, spec, new LogGroup(stack, 'Log'), { blueprint, root: '/' }, stage);
  const children = stack.node.findAll();
  const managed = children.filter(CfnManagedPolicy.isCfnManagedPolicy);
  const [role] = children.filter(CfnRole.isCfnRole);
  const documents: readonly Policy[] = managed.map(({ policyDocument }) =>
    stack.resolve(policyDocument),
  );
  const inline: readonly { readonly policyDocument: Policy }[] = stack.resolve(role?.policies);
  const { allowed } = policyOf(stack, needsOfFunction(spec, blueprint).statements, stage);
  return {
    documents,
    inline: inline.map(({ policyDocument }) => policyDocument),
    attached: stack.resolve(role?.managedPolicyArns),
    expected: rightsOf([
      { Statement: stack.resolve(allowed.map((each) => each.toStatementJson())) },
    ]),
  };
}

/** What IAM counts: no whitespace, and what is only known at AWS as long as it may be there. */
const characters = (policy: Policy) =>
  JSON.stringify(policy, (_, value) =>
    typeof value === 'object' && value !== null && 'Fn::Join' in value ? written(value) : value,
  )
    .replaceAll('<AWS::AccountId>', '123456789012')
    .replaceAll('<AWS::Region>', 'ap-southeast-2')
    .replaceAll('<AWS::Partition>', 'aws').length;

describe('the role of a function that calls 200 models more', () => {
  it.each([
    ['production', 'model'],
    ['staging', 'price-of-a-house'],
  ])(
    'in %s, named %s-…, has policies that IAM takes and allows what one would, no more',
    (stage, prefix) => {
      const { documents, inline, attached, expected } = roleOf(serviceWith(200, prefix), stage);
      expect(documents.length).toBeGreaterThan(1);
      expect(documents.length).toBeLessThanOrEqual(10);
      expect(attached).toHaveLength(documents.length);
      expect(inline.reduce((sum, each) => sum + characters(each), 0)).toBeLessThanOrEqual(10_240);
      for (const each of [...documents, ...inline]) {
        if (documents.includes(each)) expect(characters(each)).toBeLessThanOrEqual(6144);
        const sids = each.Statement.map(({ Sid }) => Sid);
        expect(new Set(sids).size).toBe(sids.length);
      }
      // Besides them it writes its log and traces.
      const all = rightsOf([...inline, ...documents]).filter(
        (right) => !/^(?:logs|xray):/.test(right),
      );
      expect(all.sort()).toEqual(expected.sort());
    },
  );

  it('has its rights inline as long as there is room', () => {
    const { documents, inline, attached } = roleOf(serviceWith(20), 'production');
    expect([documents, attached, inline.length]).toEqual([[], undefined, 2]);
  });

  it('is refused when the role would need more policies than it may have', () => {
    const refused = () => roleOf(serviceWith(600), 'production');
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(
      /gateway: its rights take \d+ managed policies, and IAM allows a role 10/,
    );
  });
});

describe('a deployment of many models', () => {
  it('has a dashboard that is still free, and no finding', () => {
    const many = synthesise({ dashboard: true }, { blueprint: serviceWith(55) });
    const policies = ofType(many.resources('Models'), 'AWS::IAM::ManagedPolicy');
    expect(policies).not.toEqual([]);
    const report = JSON.parse(many.file('validation-report.json') ?? '{"pluginReports":[]}');
    expect(report.pluginReports).toEqual([]);
    const [[, dashboard] = []] = ofType(many.resources('Monitoring'), 'AWS::CloudWatch::Dashboard');
    const { shown, titles } = dashboardOf(dashboard);
    expect(shown).toHaveLength(50);
    expect(titles).toContainEqual(
      expect.stringMatching(/^Duration of functions, p95, \d+ of \d+$/),
    );
  });

  it('is refused by name where variables would be longer than Lambda takes', () => {
    const blueprint = serviceWith(150);
    const spec = blueprint.functions.find(({ name }) => name === gatewayName);
    if (spec === undefined) throw new Error('no gateway');
    const stack = new Stack(new App({ context: { ...flags.context }, outdir }), 'Models');
    const variables = () => environmentOf(stack, spec, { blueprint, root: '/' }, production);
    expect(variables).toThrow(OptionError);
    expect(variables).toThrow(/gateway: its environment variables take \d{4} characters/);
  });
});
