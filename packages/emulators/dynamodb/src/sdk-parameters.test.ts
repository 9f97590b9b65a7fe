import * as sdk from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.remove());

const expression = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const read = ['TableName', 'ConsistentRead', 'ReturnConsumedCapacity'];
const projection = ['ProjectionExpression', 'AttributesToGet'];
const write = [
  ...['TableName', 'ConditionExpression', 'Expected', 'ConditionalOperator', ...expression],
  ...['ReturnValues', 'ReturnValuesOnConditionCheckFailure', 'ReturnConsumedCapacity'],
  // Only NONE.
  'ReturnItemCollectionMetrics',
];
const find = [
  ...[...read, ...projection, ...expression, 'IndexName', 'Select', 'Limit', 'ExclusiveStartKey'],
  ...['FilterExpression', 'ConditionalOperator'],
];

/** The parameters that each operation honours. A value that says what is so anyway is taken of some others. */
const honoured: Readonly<Record<string, readonly string[]>> = {
  BatchGetItem: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWriteItem: ['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  CreateTable: [
    ...['TableName', 'AttributeDefinitions', 'KeySchema', 'BillingMode', 'ProvisionedThroughput'],
    ...['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'],
  ],
  DeleteItem: [...write, 'Key'],
  DeleteTable: ['TableName'],
  DescribeTable: ['TableName'],
  DescribeTimeToLive: ['TableName'],
  GetItem: [...read, ...projection, 'ExpressionAttributeNames', 'Key'],
  ListTables: ['ExclusiveStartTableName', 'Limit'],
  PutItem: [...write, 'Item'],
  Query: [...find, 'KeyConditionExpression', 'KeyConditions', 'QueryFilter', 'ScanIndexForward'],
  Scan: [...find, 'ScanFilter', 'Segment', 'TotalSegments'],
  TransactGetItems: ['TransactItems', 'ReturnConsumedCapacity'],
  TransactWriteItems: [
    ...['TransactItems', 'ClientRequestToken', 'ReturnConsumedCapacity'],
    'ReturnItemCollectionMetrics',
  ],
  UpdateItem: [...write, 'Key', 'UpdateExpression', 'AttributeUpdates'],
  UpdateTimeToLive: ['TableName', 'TimeToLiveSpecification'],
};

/** Returns the members of an operation's input in the SDK's model. */
function inputOf(operation: string): readonly string[] {
  const model: unknown = Reflect.get(sdk, `${operation}$`);
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError(`the SDK's model of ${operation} has another form`);
  return input[4].map(String);
}

describe.each(Object.entries(honoured))('%s', (operation, names) => {
  it('honours parameters that the SDK has, and refuses every other one by name', async () => {
    const all = inputOf(operation);
    expect(all).toEqual(expect.arrayContaining([...names]));
    for (const name of all.filter((each) => !names.includes(each))) {
      const { status, body } = await dynamodb.ask(operation, JSON.stringify({ [name]: 'x' }));
      expect([status, body]).toEqual([
        400,
        expect.objectContaining({ message: expect.stringContaining(`does not do ${name}`) }),
      ]);
    }
    for (const name of names) {
      const { body } = await dynamodb.ask(operation, JSON.stringify({ [name]: 'x' }));
      expect(JSON.stringify(body)).not.toContain('does not do');
    }
  });
});

it('refuses every other operation of the SDK by name', async () => {
  const commands = Object.keys(sdk).flatMap(
    (name) => /^(?<operation>[A-Z]\w*)Command$/.exec(name)?.groups?.['operation'] ?? [],
  );
  expect(commands).toEqual(expect.arrayContaining(Object.keys(honoured)));
  for (const operation of commands.filter((each) => !Object.hasOwn(honoured, each)))
    expect(await dynamodb.ask(operation, '{}')).toMatchObject({
      status: 400,
      body: {
        __type: expect.stringContaining('UnknownOperationException'),
        message: expect.stringContaining(`does not do ${operation}:`),
      },
    });
});
