import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { awsError, type Stub, stub } from '../testing/stub-client.ts';
import { stackTools } from './stack-tools.ts';

function tools(answers: Stub) {
  const region = 'us-east-1';
  const cloudFormation = stub(new CloudFormationClient({ region }), answers);
  const s3 = stub(new S3Client({ region }), { PutObject: () => ({}) });
  const clients = { cloudFormation: cloudFormation.client, s3: s3.client };
  const options = { region, variables: {}, parameters: [], pollMs: 1 };
  return { ...stackTools(clients, options), sent: cloudFormation.sent, uploads: s3.sent };
}

/** Answers with one status after the other, the last one over and over. */
function statuses(...all: readonly string[]) {
  const left = [...all];
  return () => {
    const StackStatus = left.length > 1 ? left.shift() : left[0];
    return {
      Stacks: [
        { StackName: 'one', StackId: 'arn:one', StackStatus, EnableTerminationProtection: true },
      ],
    };
  };
}

const names = (sent: readonly (readonly [string, object])[]) => sent.map(([name]) => name);

describe('a stack', () => {
  it('that there is not is undefined', async () => {
    const { read } = tools({
      DescribeStacks() {
        throw awsError('ValidationError', 'Stack with id one does not exist');
      },
    });
    expect(await read('one')).toBeUndefined();
  });

  it('is told with its outputs, tags and protection', async () => {
    const { read } = tools({
      DescribeStacks: () => ({
        Stacks: [
          {
            StackName: 'one',
            StackStatus: 'CREATE_COMPLETE',
            EnableTerminationProtection: true,
            Outputs: [{ OutputKey: 'Url', OutputValue: 'https://x' }],
            Tags: [{ Key: 'chorus:stage', Value: 'production' }],
          },
        ],
      }),
    });
    expect(await read('one')).toEqual({
      name: 'one',
      status: 'CREATE_COMPLETE',
      outputs: { Url: 'https://x' },
      isProtected: true,
      tags: { 'chorus:stage': 'production' },
    });
  });

  it('is taken back to a template that it had, its parameters staying', async () => {
    const { restore, sent } = tools({
      UpdateStack: () => ({}),
      DescribeStacks: statuses(
        'UPDATE_IN_PROGRESS',
        'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
        'UPDATE_COMPLETE',
      ),
    });
    await restore('one', { template: '{}', parameters: ['PageOrigin'] }, 'models');
    expect(sent[0]).toEqual([
      'UpdateStack',
      expect.objectContaining({
        TemplateBody: '{}',
        Parameters: [{ ParameterKey: 'PageOrigin', UsePreviousValue: true }],
      }),
    ]);
    expect(names(sent)).toHaveLength(4);
  });

  it('is taken back to a long template by way of a bucket', async () => {
    const { restore, sent, uploads } = tools({
      UpdateStack: () => ({}),
      DescribeStacks: statuses('UPDATE_COMPLETE'),
    });
    const template = JSON.stringify({ Description: 'é'.repeat(30_000) });
    await restore('one', { template, parameters: [] }, 'models');
    expect(uploads[0]?.[1]).toMatchObject({ Bucket: 'models', Body: template });
    const { TemplateURL, TemplateBody } = (sent[0]?.[1] ?? {}) as Record<string, string>;
    expect(TemplateURL).toMatch(
      /^https:\/\/models\.s3\.us-east-1\.amazonaws\.com\/releases\/[0-9a-f]{64}\.template\.json$/,
    );
    expect(TemplateBody).toBeUndefined();
  });

  it('that has the template already needs no update; one that cannot be updated fails with the reason', async () => {
    const none = tools({
      UpdateStack() {
        throw awsError('ValidationError', 'No updates are to be performed.');
      },
    });
    await none.restore('one', { template: '{}', parameters: [] }, 'models');
    const failing = tools({
      UpdateStack: () => ({}),
      DescribeStacks: statuses('UPDATE_ROLLBACK_COMPLETE'),
      DescribeStackEvents: () => ({
        StackEvents: [
          {
            StackId: 'arn:one',
            PhysicalResourceId: 'arn:one',
            ResourceStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
          },
          {
            LogicalResourceId: 'Late',
            ResourceStatus: 'UPDATE_FAILED',
            ResourceStatusReason: 'Resource update cancelled',
          },
          {
            LogicalResourceId: 'Api',
            ResourceStatus: 'UPDATE_FAILED',
            ResourceStatusReason: 'too many',
          },
          {
            StackId: 'arn:one',
            PhysicalResourceId: 'arn:one',
            ResourceStatus: 'UPDATE_IN_PROGRESS',
            ResourceStatusReason: 'User Initiated',
          },
          {
            LogicalResourceId: 'Old',
            ResourceStatus: 'CREATE_FAILED',
            ResourceStatusReason: 'of another time',
          },
        ],
      }),
    });
    await expect(
      failing.restore('one', { template: '{}', parameters: [] }, 'models'),
    ).rejects.toThrow(
      'the stack one could not be taken back, it is UPDATE_ROLLBACK_COMPLETE: Api: too many',
    );
  });

  it('whose update is under way is cancelled and waited for; a change that only waits for review is not', async () => {
    const { settle, sent } = tools({
      DescribeStacks: statuses(
        'UPDATE_IN_PROGRESS',
        'UPDATE_ROLLBACK_IN_PROGRESS',
        'UPDATE_ROLLBACK_COMPLETE',
      ),
      CancelUpdateStack: () => ({}),
    });
    expect(await settle('one')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(names(sent)).toContain('CancelUpdateStack');
    const review = tools({ DescribeStacks: statuses('REVIEW_IN_PROGRESS') });
    expect(await review.settle('one')).toBe('REVIEW_IN_PROGRESS');
  });

  it('is deleted by its id, and what could not be deleted is named from the nested stack it was in', async () => {
    const gone = tools({
      DescribeStacks: statuses('CREATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE'),
      DeleteStack: () => ({}),
    });
    await gone.remove('one');
    expect(gone.sent[1]).toEqual(['DeleteStack', { StackName: 'arn:one' }]);
    const stuck = tools({
      DescribeStacks: statuses('CREATE_COMPLETE', 'DELETE_FAILED'),
      DeleteStack: () => ({}),
      DescribeStackEvents: ({ StackName }: { readonly StackName: string }) => ({
        StackEvents:
          StackName === 'arn:nested'
            ? [
                {
                  LogicalResourceId: 'Subnet',
                  ResourceStatus: 'DELETE_FAILED',
                  ResourceStatusReason: 'in use',
                },
              ]
            : [
                {
                  LogicalResourceId: 'Features',
                  ResourceType: 'AWS::CloudFormation::Stack',
                  PhysicalResourceId: 'arn:nested',
                  ResourceStatus: 'DELETE_FAILED',
                  ResourceStatusReason: 'Embedded stack was not deleted',
                },
              ],
      }),
    });
    await expect(stuck.remove('one')).rejects.toThrow(
      'the stack one could not be deleted, it is DELETE_FAILED: Subnet: in use',
    );
  });

  it('is told with the resources and templates of those nested in it', async () => {
    const { resources, templates } = tools({
      ListStackResources: ({ StackName }: { readonly StackName: string }) => ({
        StackResourceSummaries:
          StackName === 'one'
            ? [
                {
                  LogicalResourceId: 'Inner',
                  ResourceType: 'AWS::CloudFormation::Stack',
                  PhysicalResourceId: 'arn:inner',
                },
              ]
            : [
                {
                  LogicalResourceId: 'B',
                  ResourceType: 'AWS::S3::Bucket',
                  PhysicalResourceId: 'bucket',
                },
                {
                  LogicalResourceId: 'G',
                  ResourceType: 'AWS::S3::Bucket',
                  PhysicalResourceId: 'gone',
                  ResourceStatus: 'DELETE_COMPLETE',
                },
              ],
      }),
      GetTemplate: ({ StackName }: { readonly StackName: string }) => ({
        TemplateBody: `of ${StackName}`,
      }),
    });
    expect(await resources('one')).toEqual([
      { type: 'AWS::CloudFormation::Stack', id: 'arn:inner' },
      { type: 'AWS::S3::Bucket', id: 'bucket' },
    ]);
    expect(await templates('one')).toEqual({
      template: 'of one',
      nested: { Inner: { template: 'of arn:inner', nested: {} } },
    });
  });
});
