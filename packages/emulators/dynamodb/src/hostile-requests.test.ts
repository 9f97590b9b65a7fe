import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeAll(async () => {
  dynamodb = await startDynamodb();
  await dynamodb.ask('CreateTable', JSON.stringify(table('box')));
});
afterAll(() => dynamodb.remove());

const table = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['id', 'at', 'mood'].map((AttributeName) => ({
    AttributeName,
    AttributeType: AttributeName === 'at' ? 'N' : 'S',
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-mood',
      KeySchema: [{ AttributeName: 'mood', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'in-mood',
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'mood', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['votes'] },
    },
  ],
});

const TableName = 'box';
const Key = { id: { S: 'a' }, at: { N: '1' } };
const Item = {
  ...Key,
  mood: { S: 'good' },
  votes: { N: '3' },
  deep: { M: { list: { L: [{ NS: ['1', '2'] }, { B: 'AAE=' }, { NULL: true }] } } },
};
const condition = {
  ConditionExpression: 'attribute_exists(#id) AND (votes > :one OR size(deep) < :one)',
  ExpressionAttributeNames: { '#id': 'id' },
  ExpressionAttributeValues: { ':one': { N: '1' } },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
};
const update = {
  ...{ TableName, Key, ...condition },
  UpdateExpression:
    'SET deep.list[1] = :one, votes = if_not_exists(votes, :one) + :one REMOVE gone',
};
const find = {
  ...{ TableName, IndexName: 'in-mood', Select: 'ALL_ATTRIBUTES', Limit: 2 },
  ExclusiveStartKey: { ...Key, mood: { S: 'good' } },
  FilterExpression: 'votes <> :votes',
};

/** A request of each operation that is right; a test makes it wrong. */
const requests: Readonly<Record<string, object>> = {
  BatchGetItem: {
    RequestItems: { box: { Keys: [Key], ProjectionExpression: 'id, deep.list[0]' } },
  },
  BatchWriteItem: {
    RequestItems: {
      box: [{ PutRequest: { Item } }, { DeleteRequest: { Key: { ...Key, at: { N: '2' } } } }],
    },
  },
  CreateTable: table('other'),
  DeleteItem: { TableName, Key, ...condition },
  DescribeTable: { TableName },
  DescribeTimeToLive: { TableName },
  GetItem: { TableName, Key, ProjectionExpression: 'deep.list[2]', ConsistentRead: true },
  ListTables: { Limit: 2, ExclusiveStartTableName: 'box' },
  PutItem: { TableName, Item, ...condition },
  Query: {
    ...find,
    KeyConditionExpression: 'id = :id AND begins_with(mood, :id)',
    ExpressionAttributeValues: { ':id': { S: 'a' }, ':votes': { N: '1' } },
  },
  Scan: {
    ...find,
    ExpressionAttributeValues: { ':votes': { N: '1' } },
    Segment: 0,
    TotalSegments: 2,
  },
  TransactGetItems: { TransactItems: [{ Get: { TableName, Key } }] },
  TransactWriteItems: {
    TransactItems: [
      { Update: update },
      { Put: { TableName, Item: { ...Item, at: { N: '5' } } } },
      { ConditionCheck: { TableName, Key: { ...Key, at: { N: '7' } }, ...condition } },
    ],
    ClientRequestToken: 'token',
  },
  UpdateItem: { ...update, ReturnValues: 'ALL_NEW' },
  UpdateTimeToLive: {
    TableName,
    TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
  },
};

/** Every place of a value: `['Key', 'id', 'S']`. */
function placesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    placesOf(each).map((place) => [name, ...place]),
  );
  return [[], ...inner];
}

/** Returns a value with another in one of its places. */
function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value).map(
    ([key, each]) => [key, key === name ? replaced(each, rest, by) : each] as const,
  );
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, '', 'a', [], {}, [[]], [null], [{}]),
  fc.constantFrom<unknown>({ S: 'a' }, { N: 'x' }, { N: '1e999' }, { S: null }, { SS: [] }),
  fc.constantFrom<unknown>({ L: [null] }, { M: { a: null } }, { B: '?' }, { NS: ['1', '1.0'] }),
  fc.constantFrom<unknown>('id', ':one', '#id', 'id = ', 'a.b[9999999999]', '((((', 'constructor'),
  fc.constantFrom<unknown>({ constructor: { S: 'a' } }, { S: '\ud800' }, { N: 'NaN' }, { N: '' }),
  fc.jsonValue({ maxDepth: 3 }),
);

describe.each(Object.entries(requests))('%s', (operation, right) => {
  it('answers whatever it is asked, and says what is wrong', async () => {
    const places = placesOf(right);
    await dynamodb.ask('PutItem', JSON.stringify({ TableName, Item }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...places), strange), { minLength: 1, maxLength: 2 }),
        async (changes) => {
          const request = changes.reduce<unknown>(
            (value, [place, by]) => replaced(value, place, by),
            right,
          );
          const { status, body } = await dynamodb.ask(operation, JSON.stringify(request));
          expect([200, 400]).toContain(status);
          if (status === 400)
            expect(body).toMatchObject({
              __type: expect.stringMatching(/#\w+Exception$/),
              message: expect.stringMatching(/./),
            });
        },
      ),
      { numRuns: 100 },
    );
    // It is as it was.
    const { status } = await dynamodb.ask('Scan', JSON.stringify({ TableName }));
    expect(status).toBe(200);
  });
});
