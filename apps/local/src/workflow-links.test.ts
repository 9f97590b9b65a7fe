import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arnOf, Bucket, startTaskCloud, type TaskCloud, workflow } from './testing/task-cloud.ts';

/** Takes a number that is free: it asks for one after the other until the condition holds. */
const takeFree = {
  Take: {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:putItem',
    Arguments: {
      TableName: `\${NOTES_TABLE}`,
      Item: {
        of: { S: '{% $states.input.of %}' },
        at: { N: '{% $string($states.context.State.RetryCount) %}' },
      },
      ConditionExpression: 'attribute_not_exists(#of)',
      ExpressionAttributeNames: { '#of': 'of' },
    },
    Retry: [
      {
        ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
        IntervalSeconds: 1,
        MaxAttempts: 1,
      },
    ],
    Catch: [
      {
        ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
        Output: 'taken',
        Next: 'End',
      },
    ],
    Output: '{% $states.context.State.RetryCount %}',
    Next: 'Keep',
  },
  Keep: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
    Arguments: {
      Bucket: `\${PAPERS_BUCKET}`,
      Key: 'kept',
      Body: { number: '{% $states.input %}' },
    },
    Output: '{% $states.input %}',
    Next: 'End',
  },
  End: { Type: 'Pass', End: true },
};

let tasks: TaskCloud;
beforeAll(async () => {
  tasks = await startTaskCloud([
    workflow('take-free', takeFree),
    workflow('take-free-standard', takeFree, 'standard'),
  ]);
});
afterAll(() => tasks.close());

describe('in one workflow, with the names that its links give', () => {
  it('Retry and Catch see their errors in an Express workflow', async () => {
    const input = { of: 'express' };
    expect(await tasks.run('take-free', input)).toMatchObject({ output: 0 });
    expect(await tasks.run('take-free', input)).toMatchObject({ status: 'SUCCEEDED', output: 1 });
    expect(await tasks.run('take-free', input)).toMatchObject({
      status: 'SUCCEEDED',
      output: 'taken',
    });
    const kept = await tasks.ask('aws-sdk:s3:getObject', { Bucket, Key: 'kept' });
    expect(kept['Body']).toBe('{"number":1}');
  });

  it('and in a Standard one, whose history names each call', async () => {
    await tasks.run('take-free', { of: 'standard' });
    const started = await tasks.client.send(
      new StartExecutionCommand({
        stateMachineArn: arnOf('take-free-standard'),
        input: JSON.stringify({ of: 'standard' }),
      }),
    );
    const executionArn = started.executionArn ?? '';
    await tasks.cloud.states.executions.ended(executionArn, new AbortController().signal);
    const { status, output } = await tasks.client.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '1' });
    const { events } = await tasks.client.send(new GetExecutionHistoryCommand({ executionArn }));
    const told = events?.flatMap(({ taskFailedEventDetails, taskSucceededEventDetails }) => {
      const { resourceType, resource } = taskFailedEventDetails ?? taskSucceededEventDetails ?? {};
      return resource === undefined
        ? []
        : [[resourceType, resource, taskFailedEventDetails?.error ?? 'succeeded']];
    });
    expect(told).toEqual([
      ['dynamodb', 'putItem', 'DynamoDB.ConditionalCheckFailedException'],
      ['dynamodb', 'putItem', 'succeeded'],
      ['aws-sdk:s3', 'putObject', 'succeeded'],
    ]);
  });
});
