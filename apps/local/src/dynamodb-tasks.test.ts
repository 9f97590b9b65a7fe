import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Integration,
  key,
  named,
  startTaskCloud,
  TableName,
  type TaskCloud,
} from './testing/task-cloud.ts';

let tasks: TaskCloud;
beforeAll(async () => {
  tasks = await startTaskCloud();
});
afterAll(() => tasks.close());

const ask: TaskCloud['ask'] = (...asked) => tasks.ask(...asked);

const withMetadata = {
  SdkHttpMetadata: {
    AllHttpHeaders: expect.objectContaining({ Server: ['Server'] }),
    HttpHeaders: expect.objectContaining({ 'Content-Type': 'application/x-amz-json-1.0' }),
    HttpStatusCode: 200,
  },
  SdkResponseMetadata: { RequestId: expect.any(String) },
};

describe('DynamoDB', () => {
  it('writes, changes, reads and removes an item, each answer as AWS gives it', async () => {
    const item = { ...key('a'), text: { S: 'first' } };
    expect(await ask('dynamodb:putItem', { TableName, Item: item })).toEqual(withMetadata);
    const changed = await ask('dynamodb:updateItem', {
      TableName,
      Key: key('a'),
      UpdateExpression: 'SET #t = :t',
      ExpressionAttributeNames: { '#t': 'text' },
      ExpressionAttributeValues: { ':t': { S: 'second' } },
      ReturnValues: 'UPDATED_NEW',
    });
    expect(changed).toEqual({ Attributes: { text: { S: 'second' } }, ...withMetadata });
    const read = await ask('dynamodb:getItem', { TableName, Key: key('a') });
    expect(read).toEqual({ Item: { ...item, text: { S: 'second' } }, ...withMetadata });
    expect(await ask('dynamodb:deleteItem', { TableName, Key: key('a') })).toEqual(withMetadata);
    expect(await ask('dynamodb:getItem', { TableName, Key: key('a') })).toEqual(withMetadata);
  });

  it('answers an SDK integration without the metadata', async () => {
    for (const at of [1, 2, 3])
      expect(await ask('aws-sdk:dynamodb:putItem', { TableName, Item: key('q', at) })).toEqual({});
    const query = {
      TableName,
      KeyConditionExpression: '#of = :of',
      ExpressionAttributeNames: { '#of': 'of' },
      ExpressionAttributeValues: { ':of': { S: 'q' } },
      Limit: 2,
    };
    expect(await ask('aws-sdk:dynamodb:query', query)).toEqual({
      Count: 2,
      ScannedCount: 2,
      Items: [key('q', 1), key('q', 2)],
      LastEvaluatedKey: key('q', 2),
    });
  });

  it('leaves out parameters that are null', async () => {
    const parameters = { TableName, Key: key('none'), ProjectionExpression: null };
    expect(await ask('dynamodb:getItem', parameters)).toEqual(withMetadata);
  });

  const refused = { TableName, Item: key('b'), ConditionExpression: 'attribute_exists(nothing)' };
  it.each<[Integration, object, string, RegExp]>([
    [
      'dynamodb:putItem',
      refused,
      'DynamoDB.ConditionalCheckFailedException',
      /^The conditional request failed \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: [-\w]+; Proxy: null\)$/,
    ],
    [
      'aws-sdk:dynamodb:putItem',
      refused,
      'DynamoDb.ConditionalCheckFailedException',
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: [-\w]+\)$/,
    ],
    [
      'dynamodb:getItem',
      { TableName: 'no-such-table', Key: key('a') },
      'DynamoDB.ResourceNotFoundException',
      /^Requested resource not found \(/,
    ],
    [
      'dynamodb:putItem',
      { TableName, Item: null },
      'DynamoDB.AmazonDynamoDBException',
      /at 'item' failed .*Error Code: ValidationException/,
    ],
    [
      'aws-sdk:dynamodb:putItem',
      { TableName, Item: { of: { S: 'no at' } } },
      'DynamoDb.DynamoDbException',
      /\(Service: DynamoDb, Status Code: 400/,
    ],
  ])('names what %s refuses as AWS does: %j', async (resource, parameters, error, cause) => {
    expect(await ask(resource, parameters)).toEqual({
      Error: error,
      Cause: expect.stringMatching(cause),
    });
  });

  it('gives no result over 256 KiB', async () => {
    const text = { S: 'x'.repeat(100_000) };
    for (const at of [1, 2, 3])
      await ask('dynamodb:putItem', { TableName, Item: { ...key('large', at), text } });
    const query = {
      TableName,
      KeyConditionExpression: '#of = :of',
      ExpressionAttributeNames: { '#of': 'of' },
      ExpressionAttributeValues: { ':of': { S: 'large' } },
    };
    expect(await ask('aws-sdk:dynamodb:query', query)).toEqual({
      Error: 'States.DataLimitExceeded',
      Cause: expect.stringContaining("'aws-sdk:dynamodb'"),
    });
  });
});

it.each<[Integration, object, string]>([
  ['dynamodb:getItem', { Tablename: TableName }, "'Tablename' is not supported"],
  ['dynamodb:putItem', { TableName, Item: { at: { N: 1 } } }, "field 'N' must be a STRING"],
  ['dynamodb:putItem', { TableName, Item: { a: { L: [{ M: { b: { S: 1 } } }] } } }, "'S' must be"],
  ['dynamodb:getItem', { TableName, ConsistentRead: 'yes' }, "'ConsistentRead' must be a BOOLEAN"],
])('a task of %s with %j fails where no Catcher sees it', async (resource, parameters, cause) => {
  expect(await tasks.run(named(resource), parameters)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining(cause),
  });
});
