import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeAll(async () => {
  dynamodb = await startDynamodb();
  await dynamodb.service.ensureTable({ name: 'box', key: { name: 'id', type: 'S' } });
});
afterAll(() => dynamodb.remove());

const refusal = (name: string, message: RegExp) => ({
  status: 400,
  body: {
    __type: `com.amazonaws.dynamodb.v20120810#${name}`,
    message: expect.stringMatching(message),
  },
});

describe('what is not done is refused by name', () => {
  it.each([
    'ExecuteStatement',
    'BatchExecuteStatement',
    'ExecuteTransaction',
    'DescribeEndpoints',
    'UpdateTable',
    'CreateGlobalTable',
    'CreateBackup',
    'TagResource',
    'EnableKinesisStreamingDestination',
    'constructor',
    'DynamoDBStreams_20120810.ListStreams',
    'DynamoDB_20111205.GetItem',
  ])('%s', async (operation) => {
    const name = operation.replace('.', String.raw`\.`);
    expect(await dynamodb.ask(operation, '{}')).toEqual(
      refusal('UnknownOperationException', new RegExp(`does not do ${name}: only BatchGetItem,`)),
    );
  });

  const table = {
    TableName: 'other',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  };
  const item = { TableName: 'box', Item: { id: { S: 'a' } } };
  const token = { ClientRequestToken: 't' };
  it.each([
    [
      'CreateTable',
      { ...table, StreamSpecification: { StreamEnabled: true } },
      'StreamSpecification',
    ],
    ['CreateTable', { ...table, Tags: [{ Key: 'a', Value: 'b' }] }, 'Tags'],
    ['CreateTable', { ...table, DeletionProtectionEnabled: true }, 'DeletionProtectionEnabled'],
    [
      'CreateTable',
      {
        ...table,
        GlobalSecondaryIndexes: [
          {
            IndexName: 'other',
            KeySchema: table.KeySchema,
            Projection: { ProjectionType: 'ALL' },
            WarmThroughput: {},
          },
        ],
      },
      String.raw`GlobalSecondaryIndexes\[0\]\.WarmThroughput`,
    ],
    ['PutItem', { ...item, ReturnItemCollectionMetrics: 'SIZE' }, 'ReturnItemCollectionMetrics'],
    ['PutItem', { ...item, Wrong: 1 }, 'Wrong in PutItem'],
    ['UpdateTimeToLive', { TableName: 'box', Wrong: 1 }, 'Wrong in UpdateTimeToLive'],
    ['DescribeTimeToLive', { TableName: 'box', Wrong: 1 }, 'Wrong in DescribeTimeToLive'],
    ['TransactWriteItems', { TransactItems: [{ Put: item }], Wrong: 1 }, 'Wrong'],
    ['TransactWriteItems', { TransactItems: [{ Put: { ...item, Expected: {} } }] }, 'Expected'],
    ['TransactGetItems', { TransactItems: [{ Get: {} }], ...token }, 'ClientRequestToken'],
  ])('in %s: %j', async (operation, parameters, what) => {
    expect(await dynamodb.ask(operation, JSON.stringify(parameters))).toEqual(
      refusal('ValidationException', new RegExp(`does not do .*${what}`)),
    );
  });

  it('but not what says that it is not wanted', async () => {
    const usual = {
      StreamSpecification: { StreamEnabled: false },
      DeletionProtectionEnabled: false,
      TableClass: 'STANDARD',
      Tags: [],
    };
    const { status } = await dynamodb.ask('CreateTable', JSON.stringify({ ...table, ...usual }));
    expect(status).toBe(200);
  });
});

describe('bad requests', () => {
  it.each([
    ['', /no JSON/],
    ['{"TableName":', /no JSON/],
    ['[]', /JSON object/],
    ['null', /JSON object/],
    ['{"TableName":"box","Item":{"id":{"S":"a"},"__proto__":{"S":"x"}}}', /__proto__/],
    [
      String.raw`{"TableName":"box","Item":{"id":{"S":"a"},"\u005f_proto__":{"S":"x"}}}`,
      /__proto__/,
    ],
    ['{"TableName":"box","Item":[]}', /./],
  ])('%s', async (body, message) => {
    const answer = await dynamodb.ask('PutItem', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      __type: expect.stringContaining('SerializationException'),
    });
    expect(JSON.stringify(answer.body)).toMatch(message);
  });

  it.each([
    [{ TableName: 'none', Item: { id: 'a' } }, 'ResourceNotFoundException'],
    [{ TableName: 'box', Item: { other: 'a' } }, 'ValidationException'],
    [{ TableName: 'box', Item: { id: 1 } }, 'ValidationException'],
    [{ TableName: 'box', Item: { id: '' } }, 'ValidationException'],
    [{ TableName: 'b', Item: { id: 'a' } }, 'ValidationException'],
  ])('%j', async (parameters, name) => {
    const error = await failureOf(dynamodb.client.send(new PutCommand(parameters)));
    expect(error).toMatchObject({ name });
  });
});
