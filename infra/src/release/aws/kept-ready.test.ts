import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { awsError, type Stub, stub } from '../testing/stub-client.ts';
import { functionTools } from './function-tools.ts';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:chorus-one';

function tools(answers: Stub) {
  const { client, sent } = stub(new LambdaClient({ region: 'us-east-1' }), answers);
  return { ...functionTools(client), sent };
}

describe('the environments that Lambda keeps ready', () => {
  it('are read of all versions, page by page', async () => {
    const { keptReady } = tools({
      ListProvisionedConcurrencyConfigs: ({ Marker }: { readonly Marker?: string }) =>
        Marker === undefined
          ? {
              NextMarker: 'more',
              ProvisionedConcurrencyConfigs: [
                {
                  FunctionArn: `${arn}:7`,
                  RequestedProvisionedConcurrentExecutions: 2,
                  Status: 'READY',
                },
              ],
            }
          : {
              ProvisionedConcurrencyConfigs: [
                {
                  FunctionArn: `${arn}:8`,
                  RequestedProvisionedConcurrentExecutions: 3,
                  Status: 'FAILED',
                  StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
                },
              ],
            },
    });
    expect(await keptReady('chorus-one')).toEqual([
      { version: '7', environments: 2, status: 'READY' },
      { version: '8', environments: 3, status: 'FAILED', problem: 'FUNCTION_ERROR_INIT_FAILURE' },
    ]);
  });

  it('are none of a function that there is not; another failure is one', async () => {
    const fails = (name: string) =>
      tools({
        ListProvisionedConcurrencyConfigs() {
          throw awsError(name);
        },
      }).keptReady('chorus-none');
    expect(await fails('ResourceNotFoundException')).toEqual([]);
    await expect(fails('AccessDeniedException')).rejects.toThrow('AccessDeniedException');
  });

  it('are asked for and ended by the version', async () => {
    const { keepReady, endReady, sent } = tools({
      PutProvisionedConcurrencyConfig: () => ({}),
      DeleteProvisionedConcurrencyConfig() {
        throw awsError('ResourceNotFoundException');
      },
    });
    await keepReady('chorus-one', '8', 2);
    await endReady('chorus-one', '7');
    expect(sent).toEqual([
      [
        'PutProvisionedConcurrencyConfig',
        { FunctionName: 'chorus-one', Qualifier: '8', ProvisionedConcurrentExecutions: 2 },
      ],
      ['DeleteProvisionedConcurrencyConfig', { FunctionName: 'chorus-one', Qualifier: '7' }],
    ]);
  });
});
