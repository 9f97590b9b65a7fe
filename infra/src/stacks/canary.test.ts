import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';

let assembly: Assembly;
beforeAll(() => {
  assembly = serviceAssembly();
});
afterAll(cleanUp);

const groups = (from: Assembly) =>
  ofType(from.resources('Canary'), 'AWS::CodeDeploy::DeploymentGroup').map(
    ([, { Properties }]) => Properties,
  );

describe('CodeDeploy', () => {
  it('has a group for each function, of its name, which alarms and failures take back', () => {
    const application = ofType(assembly.resources('Canary'), 'AWS::CodeDeploy::Application');
    expect(application.map(([, { Properties }]) => Properties)).toEqual([
      expect.objectContaining({ ApplicationName: 'chorus-functions', ComputePlatform: 'Lambda' }),
    ]);
    const names = groups(assembly).map((group) => group['DeploymentGroupName']);
    expect(names.sort()).toEqual(blueprint.functions.map(({ name }) => `chorus-${name}`).sort());
    for (const group of groups(assembly))
      expect(group).toMatchObject({
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [{ Name: 'chorus-api-errors' }, { Name: 'chorus-function-errors' }],
        },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
        },
      });
  });

  it.each([
    [undefined, 'CodeDeployDefault.LambdaAllAtOnce'],
    ['10-percent-5-minutes', 'CodeDeployDefault.LambdaCanary10Percent5Minutes'],
    ['10-percent-15-minutes', 'CodeDeployDefault.LambdaCanary10Percent15Minutes'],
  ] as const)('moves requests as the stage says: %s', (canary, configuration) => {
    const deployed = canary === undefined ? assembly : synthesise({ canary });
    const configurations = groups(deployed).map((group) => group['DeploymentConfigName']);
    expect([...new Set(configurations)]).toEqual([configuration]);
  });

  it('may move the aliases of the functions, and call none of them', () => {
    const roles = ofType(assembly.resources('Canary'), 'AWS::IAM::Role');
    const policies = roles.flatMap(([, { Properties }]) => Properties['Policies']) as readonly {
      readonly PolicyDocument: {
        readonly Statement: readonly { readonly Action: unknown; readonly Resource: unknown }[];
      };
    }[];
    const rights = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(({ Action, Resource }) => [Action, [Resource].flat().map(written).sort()]);
    const arns = (suffix: string) =>
      blueprint.functions
        .map(
          ({ name }) =>
            `arn:aws:lambda:us-east-1:<AWS::AccountId>:function:chorus-${name}${suffix}`,
        )
        .sort();
    expect(rights).toEqual([
      [['lambda:GetAlias', 'lambda:UpdateAlias'], arns('')],
      ['lambda:GetProvisionedConcurrencyConfig', arns(':live')],
      ['cloudwatch:DescribeAlarms', ['*']],
    ]);
  });
});
