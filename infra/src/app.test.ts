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
      expected(buckets, '-<AWS::AccountId>-<AWS::Region>'),
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

  it('put provisioned concurrency on the version, where a promotion cannot trip over it', () => {
    const chosen = synthesise({}, withOptions('svr', { provisionedConcurrency: 2 }));
    const versions = ofType(chosen.resources('Models'), 'AWS::Lambda::Version');
    const provisioned = versions.map(
      ([, { Properties }]) => Properties['ProvisionedConcurrencyConfig'],
    );
    expect(provisioned.filter(Boolean)).toEqual([{ ProvisionedConcurrentExecutions: 2 }]);
    for (const [, { Properties }] of ofType(chosen.resources('Models'), 'AWS::Lambda::Alias'))
      expect(Properties).not.toHaveProperty('ProvisionedConcurrencyConfig');
  });

  it.each([
    [
      { snapStart: true, provisionedConcurrency: 1 },
      'snapStart together with provisionedConcurrency',
    ],
    [{ snapStart: true, temporaryStorageMb: 1024 }, 'temporaryStorageMb of at most 512, got 1024'],
    [{ provisionedConcurrency: 11 }, 'provisionedConcurrency 11 is more than its concurrency 10'],
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

describe('the alarms', () => {
  it('watch errors, durations, throttles and cold starts of each function, workflows, the feature store, the API and the cost', () => {
    const alarms = ofType(assembly.resources('Monitoring'), 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => String(Properties['AlarmName']),
    );
    const ofFunctions = blueprint.functions.flatMap(({ name }) =>
      ['Errors', 'Duration', 'Throttles', 'ColdStarts'].map((what) => `chorus-${what}-${name}`),
    );
    const ofWorkflows = blueprint.workflows.flatMap(({ name }) =>
      ['Failed', 'TimedOut'].map((what) => `chorus-${what}-${name}`),
    );
    expect(alarms.sort()).toEqual(
      [
        ...ofFunctions,
        ...ofWorkflows,
        'chorus-CacheThrottles',
        'chorus-DatabaseCapacity',
        'chorus-DatabaseConnections',
        'chorus-ApiErrors',
        'chorus-ApiLatency',
        'chorus-Cost',
      ].sort(),
    );
  });

  it('go off above a share, a time or a count, when two of three periods are bad', () => {
    const monthlyBudget = 7;
    const all = ofType(
      synthesise({ monthlyBudget }).resources('Monitoring'),
      'AWS::CloudWatch::Alarm',
    );
    const levels = Object.fromEntries(
      all.map(([, { Properties }]) => [
        String(Properties['AlarmName']).replace(/^chorus-/, ''),
        [Properties['Threshold'], Properties['DatapointsToAlarm'], Properties['EvaluationPeriods']],
      ]),
    );
    for (const { name, timeoutSeconds } of blueprint.functions) {
      expect(levels[`Errors-${name}`]).toEqual([2, 2, 3]);
      expect(levels[`Duration-${name}`]).toEqual([(timeoutSeconds * 1000) / 2, 2, 3]);
      expect(levels[`Throttles-${name}`]).toEqual([0, 2, 3]);
      expect(levels[`ColdStarts-${name}`]).toEqual([20, 2, 3]);
    }
    for (const { name } of blueprint.workflows)
      expect([levels[`Failed-${name}`], levels[`TimedOut-${name}`]]).toEqual([
        [0, 2, 3],
        [0, 2, 3],
      ]);
    expect(levels).toMatchObject({
      CacheThrottles: [0, 2, 3],
      // 90 % of two units.
      DatabaseCapacity: [1.8, 2, 3],
      DatabaseConnections: [blueprint.featureStore?.maxConnections, 2, 3],
      ApiErrors: [2, 2, 3],
      ApiLatency: [3000, 2, 3],
      // A projection of a whole hour needs no second one.
      Cost: [monthlyBudget, 1, 1],
    });
    for (const [, { Properties }] of all)
      expect(Properties).toMatchObject({
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      });
  });

  it('go to the topic that is named', () => {
    const alarms = 'arn:aws:sns:us-east-1:123456789012:on-call';
    const told = synthesise({ alarms }).resources('Monitoring');
    for (const [, { Properties }] of ofType(told, 'AWS::CloudWatch::Alarm'))
      expect(Properties['AlarmActions']).toEqual([alarms]);
  });

  it('count cold starts from the reports that Lambda writes', () => {
    const filters = ofType(assembly.resources('Monitoring'), 'AWS::Logs::MetricFilter').map(
      ([, { Properties }]) => Properties,
    );
    const cold = filters.filter(({ FilterPattern }) =>
      String(FilterPattern).includes('initDurationMs'),
    );
    expect(cold).toHaveLength(blueprint.functions.length);
    expect(cold[0]).toMatchObject({
      FilterPattern:
        '{ $.type = "platform.report" && ($.record.metrics.initDurationMs > 0 || $.record.metrics.restoreDurationMs > 0) }',
      MetricTransformations: [{ MetricValue: '1' }],
    });
  });
});
