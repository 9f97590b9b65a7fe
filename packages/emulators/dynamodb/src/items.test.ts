import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
const TableName = 'reviews';

beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.remove());
beforeEach(async () => {
  const names = (await dynamodb.service.run('ListTables', {}))['TableNames'] as string[];
  for (const name of names) await dynamodb.service.run('DeleteTable', { TableName: name });
  await dynamodb.service.ensureTable({
    name: TableName,
    key: { name: 'id', type: 'S' },
    sort: { name: 'part', type: 'N' },
    indexes: [{ name: 'by-mood', key: { name: 'mood', type: 'S' } }],
  });
});

const put = (Item: Record<string, unknown>, more: object = {}) =>
  dynamodb.client.send(new PutCommand({ TableName, Item, ...more }));
const get = async (id: string, part = 1) =>
  (await dynamodb.client.send(new GetCommand({ TableName, Key: { id, part } }))).Item;

describe('items', () => {
  it('are put, read, changed, found and deleted', async () => {
    for (const part of [10, 2, -1]) await put({ id: 'a', part, mood: part > 0 ? 'good' : 'bad' });
    expect(await get('a', 2)).toEqual({ id: 'a', part: 2, mood: 'good' });
    const { Attributes } = await dynamodb.client.send(
      new UpdateCommand({
        TableName,
        Key: { id: 'a', part: 2 },
        UpdateExpression: 'SET mood = :m ADD votes :one',
        ExpressionAttributeValues: { ':m': 'bad', ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(Attributes).toEqual({ id: 'a', part: 2, mood: 'bad', votes: 1 });
    const ofA = await dynamodb.client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'id = :a AND part > :p',
        ExpressionAttributeValues: { ':a': 'a', ':p': -1 },
      }),
    );
    expect(ofA.Items?.map(({ part }) => part)).toEqual([2, 10]);
    const bad = await dynamodb.client.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-mood',
        KeyConditionExpression: 'mood = :bad',
        ExpressionAttributeValues: { ':bad': 'bad' },
      }),
    );
    expect(bad.Items?.map(({ part }) => part).sort()).toEqual([-1, 2]);
    await dynamodb.client.send(new DeleteCommand({ TableName, Key: { id: 'a', part: 2 } }));
    expect((await dynamodb.client.send(new ScanCommand({ TableName }))).Count).toBe(2);
  });

  it('are written and read in batches', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `b${index}`);
    const writes = ids.map((id) => ({ PutRequest: { Item: { id, part: 1 } } }));
    await dynamodb.client.send(new BatchWriteCommand({ RequestItems: { [TableName]: writes } }));
    const Keys = [...ids, 'none'].map((id) => ({ id, part: 1 }));
    const { Responses } = await dynamodb.client.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }),
    );
    expect(Responses?.[TableName]?.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('come in pages, one after another, until there are no more', async () => {
    const text = 'x'.repeat(300_000);
    for (let part = 0; part < 8; part++) await put({ id: 'long', part, text });
    const parts: unknown[] = [];
    let pages = 0;
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await dynamodb.client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': 'long' },
          ScanIndexForward: false,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      parts.push(...(page.Items ?? []).map(({ part }) => part));
      ExclusiveStartKey = page.LastEvaluatedKey;
      pages += 1;
    } while (ExclusiveStartKey !== undefined);
    expect(parts).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
    expect(pages).toBeGreaterThan(1);
  });

  it('above 400 kB are refused', async () => {
    const error = await failureOf(put({ id: 'a', part: 1, text: 'x'.repeat(410_000) }));
    expect(error).toMatchObject({ name: 'ValidationException' });
    expect(await get('a')).toBeUndefined();
  });
});

describe('a condition that fails', () => {
  const ConditionExpression = 'attribute_not_exists(id)';
  const Key = { id: 'a', part: 1 };
  const asked = {
    ConditionExpression,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  const update = {
    UpdateExpression: 'SET votes = :v',
    ExpressionAttributeValues: { ':v': 9 },
  };

  it.each([
    ['PutCommand', () => new PutCommand({ TableName, Item: Key, ...asked })],
    ['UpdateCommand', () => new UpdateCommand({ TableName, Key, ...update, ...asked })],
    ['DeleteCommand', () => new DeleteCommand({ TableName, Key, ...asked })],
  ] as const)('shows the item that %s met, if asked', async (_name, command) => {
    await put({ ...Key, votes: 3 });
    const error = await failureOf(dynamodb.client.send(command() as PutCommand));
    expect(error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { id: { S: 'a' }, part: { N: '1' }, votes: { N: '3' } },
    });
    expect(await get('a')).toEqual({ ...Key, votes: 3 });
  });

  it('shows nothing when not asked, or when there is no item', async () => {
    await put(Key);
    const unasked = await failureOf(put(Key, { ConditionExpression }));
    expect(unasked).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(unasked).toMatchObject({ Item: undefined });
    const other = { ...asked, ConditionExpression: 'attribute_exists(id)' };
    const missing = await failureOf(put({ id: 'none', part: 1 }, other));
    expect(missing).toMatchObject({ name: 'ConditionalCheckFailedException', Item: undefined });
    expect(await get('none')).toBeUndefined();
  });
});

describe('requests at the same time', () => {
  it('with a condition each count exactly once', async () => {
    await put({ id: 'a', part: 1, votes: 0 });
    const vote = (seen: number) =>
      dynamodb.client.send(
        new UpdateCommand({
          TableName,
          Key: { id: 'a', part: 1 },
          UpdateExpression: 'SET votes = :next',
          ConditionExpression: 'votes = :seen',
          ExpressionAttributeValues: { ':seen': seen, ':next': seen + 1 },
        }),
      );
    // Of ten that saw the same number one wins, twenty times over.
    for (let seen = 0; seen < 20; seen++) {
      const all = await Promise.allSettled(Array.from({ length: 10 }, () => vote(seen)));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    expect(await get('a')).toEqual({ id: 'a', part: 1, votes: 20 });
  });

  it('that add are all added, and one put of many wins', async () => {
    const add = (id: string) =>
      new UpdateCommand({
        TableName,
        Key: { id, part: 1 },
        UpdateExpression: 'ADD votes :one',
        ConditionExpression: 'attribute_not_exists(votes) OR votes < :most',
        ExpressionAttributeValues: { ':one': 1, ':most': 150 },
      });
    const adds = await Promise.allSettled(
      Array.from({ length: 200 }, () => dynamodb.client.send(add('a'))),
    );
    expect(adds.filter(({ status }) => status === 'fulfilled')).toHaveLength(150);
    expect((await get('a'))?.['votes']).toBe(150);
    const puts = await Promise.allSettled(
      Array.from({ length: 50 }, (_, by) =>
        put({ id: 'b', part: 1, by }, { ConditionExpression: 'attribute_not_exists(id)' }),
      ),
    );
    const winners = puts.flatMap(({ status }, by) => (status === 'fulfilled' ? [by] : []));
    expect(winners).toHaveLength(1);
    expect((await get('b'))?.['by']).toBe(winners[0]);
  });

  it('do not change what a query is reading', async () => {
    const { service } = dynamodb;
    const schema = (range: string) => [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];
    await service.run('CreateTable', {
      TableName: 'parts',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: schema('part'),
      AttributeDefinitions: ['id', 'part', 'mood'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-mood',
          KeySchema: schema('mood'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
    const keys = Array.from({ length: 30 }, (_, part) => ({
      id: { S: 'a' },
      part: { S: `${part}` },
    }));
    const rest = { mood: { S: 'good' }, text: { S: 'long' } };
    for (const key of keys)
      await service.run('PutItem', { TableName: 'parts', Item: { ...key, ...rest } });
    // Attributes that the index does not have are read from the table, one item after another.
    const query = service.run('Query', {
      TableName: 'parts',
      IndexName: 'by-mood',
      Select: 'ALL_ATTRIBUTES',
      KeyConditionExpression: 'id = :a',
      ExpressionAttributeValues: { ':a': { S: 'a' } },
    });
    const deleted = keys.map((Key) => service.run('DeleteItem', { TableName: 'parts', Key }));
    const { Items } = (await query) as { readonly Items: readonly Record<string, unknown>[] };
    expect(Items.map(({ text }) => text)).toEqual(keys.map(() => rest.text));
    await Promise.all(deleted);
  });
});
