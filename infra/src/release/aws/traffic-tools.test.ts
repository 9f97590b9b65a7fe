import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { awsError, type Stub, stub } from '../testing/stub-client.ts';
import { trafficTools } from './traffic-tools.ts';

const shift = { functionName: 'chorus-one', alias: 'live', from: '3', to: '4' };

function tools(answers: Stub) {
  const { client, sent } = stub(new CodeDeployClient({ region: 'us-east-1' }), answers);
  return { ...trafficTools(client, 1), sent };
}

describe('CodeDeploy', () => {
  it('is asked to move an alias by an AppSpec, in the group of the function', async () => {
    const { start, sent } = tools({ CreateDeployment: () => ({ deploymentId: 'd-1' }) });
    expect(await start('chorus-functions', shift)).toBe('d-1');
    const [, input] = sent[0] ?? [];
    expect(input).toMatchObject({
      applicationName: 'chorus-functions',
      deploymentGroupName: 'chorus-one',
      revision: { revisionType: 'AppSpecContent' },
    });
    const { revision } = input as { revision: { appSpecContent: { content: string } } };
    expect(JSON.parse(revision.appSpecContent.content)).toEqual({
      version: 0,
      Resources: [
        {
          'chorus-one': {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Name: 'chorus-one',
              Alias: 'live',
              CurrentVersion: '3',
              TargetVersion: '4',
            },
          },
        },
      ],
    });
  });

  it.each(['ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException'])(
    'that is not there yet (%s) moves nothing, and no deployment of it is under way',
    async (name) => {
      const fails = () => {
        throw awsError(name);
      };
      const { start, running } = tools({ CreateDeployment: fails, ListDeployments: fails });
      expect(await start('chorus-functions', shift)).toBeUndefined();
      expect(await running('chorus-functions', ['chorus-one'])).toEqual([]);
    },
  );

  it('that refuses fails', async () => {
    const { start } = tools({
      CreateDeployment() {
        throw awsError('DeploymentLimitExceededException', 'one is under way');
      },
    });
    await expect(start('chorus-functions', shift)).rejects.toThrow('one is under way');
  });

  it('is waited for after a stop, with the deployment that takes it back', async () => {
    const looks = ['InProgress', 'Stopped'];
    const back = ['Created', 'InProgress', 'Succeeded'];
    const { stop, sent } = tools({
      StopDeployment: () => ({}),
      GetDeployment: ({ deploymentId }: { readonly deploymentId: string }) =>
        deploymentId === 'd-1'
          ? {
              deploymentInfo: {
                status: looks.shift(),
                rollbackInfo: { rollbackDeploymentId: 'd-2' },
              },
            }
          : { deploymentInfo: { status: back.shift() } },
    });
    await stop('d-1');
    expect(sent[0]).toEqual(['StopDeployment', { deploymentId: 'd-1', autoRollbackEnabled: true }]);
    expect(looks).toEqual([]);
    expect(back).toEqual([]);
  });

  it('that has ended already needs no stop; what became of it is told', async () => {
    const { stop, state } = tools({
      StopDeployment() {
        throw awsError('DeploymentAlreadyCompletedException');
      },
      GetDeployment: () => ({
        deploymentInfo: {
          status: 'Failed',
          errorInformation: { code: 'ALARM_ACTIVE', message: 'the alarm went off' },
        },
      }),
    });
    await stop('d-1');
    expect(await state('d-1')).toEqual({ status: 'Failed', problem: 'the alarm went off' });
  });
});
