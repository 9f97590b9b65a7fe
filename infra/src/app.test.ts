import { type FunctionSpec, physicalName } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { type App, CfnResource, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MissingBundleError, OptionError } from './errors.ts';
import {
  type Assembly,
  bundledRoot,
  cleanUp,
  ofType,
  production,
  serviceAssembly,
  synthesise,
  written,
} from './testing/assembly.ts';

let assembly: Assembly;
beforeAll(() => {
  assembly = serviceAssembly();
});
afterAll(cleanUp);

interface Report {
  readonly pluginReports: readonly { readonly pluginName: string; readonly violations: unknown }[];
}

/** Returns the blueprint with other options of one function. */
function withOptions(name: string, options: Partial<FunctionSpec>) {
  const functions = blueprint.functions.map((spec) =>
    spec.name === name ? { ...spec, ...options } : spec,
  );
  return { blueprint: { ...blueprint, functions } };
}

function functionNamed(from: Assembly, name: string) {
  return ofType(from.resources('Models'), 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties['FunctionName'] === name,
  )?.[1].Properties;
}

describe('the assembly', () => {
  it("has nothing that cdk-nag or CloudFormation's validator object to, not even a warning", () => {
    // An error would have thrown in `synthesise`; without findings there may be no report.
    const report: Report = JSON.parse(
      assembly.file('validation-report.json') ?? '{"pluginReports":[]}',
    );
    expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it.each([
    ['cdk-nag', { BucketName: 'open-to-all' }, 'AwsSolutions-S10'],
    ["CloudFormation's validator", { BucketNam: 'misspelt' }, 'BucketNam'],
  ])('is refused by %s when there is something to object to', (_, properties, message) => {
    const alter = (app: App) => {
      const stack = Stack.of(app.node.findChild('production').node.findChild('Foundation'));
      new CfnResource(stack, 'Objectionable', { type: 'AWS::S3::Bucket', properties });
      // cdk-nag only looks at resources of the CDK's own classes.
      new Bucket(stack, 'AlsoObjectionable', { bucketName: 'open-to-all' });
    };
    expect(() => synthesise({}, {}, alter)).toThrow(message);
  });

  it('stays within the limits of CloudFormation', () => {
    for (const file of assembly.names().filter((name) => name.endsWith('.template.json')))
      expect(Object.keys(JSON.parse(assembly.file(file) ?? '{}').Resources).length).toBeLessThan(
        500,
      );
  });

  it('deploys a stage beside another under names of its own', () => {
    const staging = synthesise({}, { stages: [{ ...production, name: 'staging' }] });
    expect(functionNamed(staging, 'chorus-staging-svr')).toBeDefined();
    expect(JSON.stringify(staging.resources('Models'))).not.toMatch(/chorus-(svr|models)\b/);
    const named = (stack: string, type: string, property: string) =>
      ofType(staging.resources(stack), type).map(([, each]) =>
        written(each.Properties[property] ?? ''),
      );
    // What the command line asks for by name has to be there under the same one.
    const expected = (specs: readonly { readonly name: string }[], suffix = '') =>
      expect.arrayContaining(specs.map(({ name }) => physicalName(name, 'staging') + suffix));
    const { functions, workflows, buckets } = blueprint;
    expect(named('Models', 'AWS::Lambda::Function', 'FunctionName')).toEqual(expected(functions));
    expect(named('Workflows', 'AWS::StepFunctions::StateMachine', 'StateMachineName')).toEqual(
      expected(workflows),
    );
    expect(named('Storage', 'AWS::S3::Bucket', 'BucketName')).toEqual(
      expected(buckets, '-<AWS::AccountId>-us-east-1'),
    );
  });
});

describe("a function's options", () => {
  it('become those of Lambda', () => {
    const options = { architecture: 'x64', snapStart: true, keepWarmMinutes: 5 } as const;
    const chosen = synthesise({ reservesConcurrency: false }, withOptions('svr', options));
    expect(functionNamed(chosen, 'chorus-svr')).toMatchObject({
      Architectures: ['x86_64'],
      SnapStart: { ApplyOn: 'PublishedVersions' },
    });
    expect(functionNamed(chosen, 'chorus-svr')).not.toHaveProperty('ReservedConcurrentExecutions');
    const [rule] = ofType(chosen.resources('Models'), 'AWS::Events::Rule');
    expect(rule?.[1].Properties).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [
        { Input: '{"chorus":"ready"}', Arn: { Ref: expect.stringMatching(/svrAliaslive/) } },
      ],
    });
  });

  it('leave what is kept ready to the release: a version of CloudFormation would be paid for ever', () => {
    const chosen = synthesise({}, withOptions('svr', { provisionedConcurrency: 2 }));
    expect(JSON.stringify(chosen.resources('Models'))).not.toContain('ProvisionedConcurrency');
    expect(chosen.resources('Models')).toEqual(synthesise().resources('Models'));
  });

  it.each([
    [
      { snapStart: true, provisionedConcurrency: 1 },
      'snapStart together with provisionedConcurrency',
    ],
    [{ snapStart: true, temporaryStorageMb: 1024 }, 'temporaryStorageMb of at most 512, got 1024'],
    [
      { provisionedConcurrency: 6 },
      'provisionedConcurrency 6 is more than half of its concurrency 10',
    ],
    [{ provisionedConcurrency: 1, keepWarmMinutes: 5 }, 'keepWarmMinutes adds nothing'],
    [{ keepWarmMinutes: 0.5 }, 'a whole number of minutes, got 0.5'],
  ])('are refused as %j', (options, message) => {
    const refused = () => synthesise({}, withOptions('svr', options));
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(`svr: `);
    expect(refused).toThrow(message);
  });
});

describe('a function without a bundle', () => {
  it('cannot be deployed', () => {
    expect(() => synthesise({}, { root: '/nowhere' })).toThrow(MissingBundleError);
    expect(() => synthesise({}, { root: '/nowhere' })).toThrow('npx -y pnpm@12 bundle');
  });

  it('or with one for another processor, cannot be deployed either', () => {
    const root = bundledRoot({}, 'linux/x64');
    expect(() => synthesise({}, { root })).toThrow('linear-regression is to run on arm64');
    expect(() => synthesise({}, { root })).toThrow(MissingBundleError);
  });

  it('has something in its place that cannot be built, when only the templates are wanted', () => {
    const without = synthesise({}, { root: '/nowhere', bundles: 'optional' });
    expect(Object.keys(without.resources('Models'))).toEqual(
      Object.keys(assembly.resources('Models')).map((id) =>
        id.includes('CurrentVersion') ? expect.stringContaining('CurrentVersion') : id,
      ),
    );
  });
});
