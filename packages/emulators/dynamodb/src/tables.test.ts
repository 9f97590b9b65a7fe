import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeEach(async () => {
  dynamodb = await startDynamodb();
});
afterEach(() => dynamodb.remove());

const table = (TableName: string): CreateTableCommandInput => ({
  TableName,
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'mood', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-mood',
      KeySchema: [{ AttributeName: 'mood', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
});
const create = (name: string) => dynamodb.client.send(new CreateTableCommand(table(name)));
const list = async (more: object = {}) => dynamodb.client.send(new ListTablesCommand({ ...more }));
const moods = async (IndexName: string, name: string) => {
  const { Items } = await dynamodb.client.send(
    new QueryCommand({
      TableName: 'box',
      IndexName,
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': name },
      ExpressionAttributeValues: { ':value': 'good' },
    }),
  );
  return Items?.map(({ id }) => id).sort();
};

describe('tables', () => {
  it('are there as soon as they are made, and gone as soon as they are deleted', async () => {
    const { client } = dynamodb;
    await create('box');
    await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: 'box' });
    await client.send(new PutCommand({ TableName: 'box', Item: { id: 'a', mood: 'good' } }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'box' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      ItemCount: 1,
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/box',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'by-mood', IndexStatus: 'ACTIVE' }],
    });
    expect(await failureOf(create('box'))).toMatchObject({ name: 'ResourceInUseException' });
    await client.send(new DeleteTableCommand({ TableName: 'box' }));
    await waitUntilTableNotExists({ client, maxWaitTime: 60 }, { TableName: 'box' });
    await create('box');
    expect((await client.send(new ScanCommand({ TableName: 'box' }))).Count).toBe(0);
    expect(await moods('by-mood', 'mood')).toEqual([]);
  });

  it('are listed in pages', async () => {
    for (const name of ['t-1', 't-2', 't-3']) await create(name);
    expect(await list({ Limit: 2 })).toMatchObject({
      TableNames: ['t-1', 't-2'],
      LastEvaluatedTableName: 't-2',
    });
    const rest = await list({ Limit: 2, ExclusiveStartTableName: 't-2' });
    expect(rest.TableNames).toEqual(['t-3']);
    expect(rest.LastEvaluatedTableName).toBeUndefined();
  });

  it.each([DescribeTableCommand, DeleteTableCommand])('that are not there: %o', async (Command) => {
    const sent = dynamodb.client.send(new Command({ TableName: 'none' }) as DeleteTableCommand);
    expect(await failureOf(sent)).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('tables of a blueprint', () => {
  const box = { name: 'box', key: { name: 'id', type: 'S' } } as const;
  const index = (name: string, attribute: string) =>
    ({ name, key: { name: attribute, type: 'S' } }) as const;

  it('are made once, and keep their items', async () => {
    await dynamodb.service.ensureTable({ ...box, ttl: 'ttl' });
    await dynamodb.client.send(new PutCommand({ TableName: 'box', Item: { id: 'a' } }));
    await dynamodb.service.ensureTable(box);
    expect((await dynamodb.client.send(new ScanCommand({ TableName: 'box' }))).Count).toBe(1);
    const expiry = await dynamodb.service.run('DescribeTimeToLive', { TableName: 'box' });
    expect(expiry).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  });

  it('get new indexes with the items that are there, and lose old ones', async () => {
    await dynamodb.service.ensureTable({ ...box, indexes: [index('by-mood', 'mood')] });
    const items = [
      { id: 'a', mood: 'good', tone: 'good' },
      { id: 'b', mood: 'good' },
      { id: 'c', tone: 'good' },
    ];
    for (const Item of items)
      await dynamodb.client.send(new PutCommand({ TableName: 'box', Item }));
    expect(await moods('by-mood', 'mood')).toEqual(['a', 'b']);
    await dynamodb.service.ensureTable({ ...box, indexes: [index('by-tone', 'tone')] });
    expect(await moods('by-tone', 'tone')).toEqual(['a', 'c']);
    expect(await failureOf(moods('by-mood', 'mood'))).toMatchObject({
      name: 'ValidationException',
    });
  });

  it.each([
    [{ key: { name: 'other', type: 'S' } }, 'other (S)'],
    [{ key: { name: 'id', type: 'N' } }, 'id (N)'],
    [{ key: { name: 'id', type: 'S' }, sort: { name: 'at', type: 'N' } }, 'id (S), at (N)'],
  ] as const)('with another key, %j, are refused with what to do', async (key, shown) => {
    await dynamodb.service.ensureTable(box);
    const error = await failureOf(dynamodb.service.ensureTable({ ...box, ...key }));
    expect(error).toMatchObject({ name: 'TableError' });
    expect(error.message).toContain(
      `The table box has the key id (S), and is described with ${shown}`,
    );
    expect(error.message).toContain('give the table another name, or move dynamodb.sqlite');
    await dynamodb.service.ensureTable(box);
  });
});

describe('a table whose keys contradict', () => {
  it('is refused, naming the attribute', async () => {
    const key = { name: 'id', type: 'S' } as const;
    const indexes = [{ name: 'by-id', key: { name: 'id', type: 'N' } }] as const;
    const error = await failureOf(dynamodb.service.ensureTable({ name: 'box', key, indexes }));
    expect(error).toMatchObject({ name: 'TableError' });
    expect(error.message).toContain('The table box has the attribute id with two types');
  });
});

describe('a file that is damaged', () => {
  it('is named, with what to do, and the service answers again when it is gone', async () => {
    const file = join(dynamodb.directory, 'dynamodb.sqlite');
    await writeFile(file, 'this is no database, '.repeat(100));
    const error = await failureOf(list());
    expect(error).toMatchObject({ name: 'InternalServerError' });
    expect(error.message).toContain(`${file} is damaged`);
    await rm(file);
    expect((await list()).TableNames).toEqual([]);
  });
});
