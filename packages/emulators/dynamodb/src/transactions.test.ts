import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, type RunningDynamodb, startDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
const TableName = 'accounts';

beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.remove());
beforeEach(async () => {
  const names = (await dynamodb.service.run('ListTables', {}))['TableNames'] as string[];
  for (const name of names) await dynamodb.service.run('DeleteTable', { TableName: name });
  for (const name of [TableName, 'log'])
    await dynamodb.service.ensureTable({ name, key: { name: 'id', type: 'S' } });
});

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;

const write = (TransactItems: Items, more: Partial<TransactWriteCommandInput> = {}) =>
  dynamodb.client.send(new TransactWriteCommand({ TransactItems, ...more }));
const put = (id: string, sum: number) =>
  dynamodb.client.send(new PutCommand({ TableName, Item: { id, sum } }));
const get = async (id: string, table = TableName) =>
  (await dynamodb.client.send(new GetCommand({ TableName: table, Key: { id } }))).Item;

const add = (id: string, by: number): Items[number] => ({
  Update: {
    TableName,
    Key: { id },
    UpdateExpression: 'SET #sum = #sum + :by',
    ConditionExpression: '#sum >= :least',
    ExpressionAttributeNames: { '#sum': 'sum' },
    ExpressionAttributeValues: { ':by': by, ':least': Math.max(0, -by) },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
const logged = (id: string): Items[number] => ({
  Put: { TableName: 'log', Item: { id }, ConditionExpression: 'attribute_not_exists(id)' },
});

describe('a transaction', () => {
  it('writes all of its items, in several tables', async () => {
    await put('a', 10);
    await put('b', 1);
    await put('gone', 0);
    await write([
      add('a', -4),
      add('b', 4),
      logged('1'),
      { Delete: { TableName, Key: { id: 'gone' } } },
      {
        ConditionCheck: {
          TableName: 'log',
          Key: { id: 'other' },
          ConditionExpression: 'attribute_not_exists(id)',
        },
      },
    ]);
    expect([await get('a'), await get('b'), await get('gone')]).toEqual([
      { id: 'a', sum: 6 },
      { id: 'b', sum: 5 },
      undefined,
    ]);
    expect(await get('1', 'log')).toEqual({ id: '1' });
  });

  it('writes nothing if one condition fails, and says which with its item', async () => {
    await put('a', 3);
    await put('b', 1);
    const error = await failureOf(write([logged('1'), add('a', -4), add('b', 4), add('c', 1)]));
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { id: { S: 'a' }, sum: { N: '3' } },
        },
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      ],
    });
    expect([await get('a'), await get('b'), await get('1', 'log')]).toEqual([
      { id: 'a', sum: 3 },
      { id: 'b', sum: 1 },
      undefined,
    ]);
  });

  it('that would do what an item does not allow is cancelled as a validation error', async () => {
    await put('a', 3);
    await dynamodb.client.send(new PutCommand({ TableName, Item: { id: 't', sum: 'text' } }));
    const update = {
      TableName,
      Key: { id: 't' },
      UpdateExpression: 'ADD #sum :one',
      ExpressionAttributeNames: { '#sum': 'sum' },
      ExpressionAttributeValues: { ':one': 1 },
    };
    expect(await failureOf(write([add('a', 1), { Update: update }]))).toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
    });
    expect(await get('a')).toEqual({ id: 'a', sum: 3 });
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => logged(`${index}`));

  it('takes 100 items', async () => {
    await write(many(100));
    expect((await dynamodb.client.send(new ScanCommand({ TableName: 'log' }))).Count).toBe(100);
  });

  it.each<[string, () => Items, string, RegExp]>([
    ['no items', () => [], 'ValidationException', /greater than or equal to 1/],
    ['101 items', () => many(101), 'ValidationException', /less than or equal to 100/],
    [
      'one item twice',
      () => [add('a', 1), { Delete: { TableName, Key: { id: 'a' } } }],
      'ValidationException',
      /multiple operations on one item/,
    ],
    [
      'one item two ways',
      () => [{ ...add('a', 1), ...logged('a') }],
      'ValidationException',
      /only contain one of/,
    ],
    [
      'a check of nothing',
      () => [{ ConditionCheck: { TableName, Key: { id: 'a' }, ConditionExpression: undefined } }],
      'ValidationException',
      /ConditionExpression of ConditionCheck must not be null/,
    ],
    [
      'a table that is not there',
      () => [{ Put: { TableName: 'none', Item: { id: 'a' } } }],
      'ResourceNotFoundException',
      /not found/,
    ],
    [
      'more than 4 MB',
      () =>
        Array.from({ length: 11 }, (_, index) => ({
          Put: { TableName, Item: { id: `${index}`, text: 'x'.repeat(400_000) } },
        })),
      'ValidationException',
      /exceeds 4 MB/,
    ],
  ])('with %s is refused', async (_what, items, name, message) => {
    expect(await failureOf(write(items()))).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect((await dynamodb.client.send(new ScanCommand({ TableName }))).Count).toBe(0);
  });

  it('with a token is written once, and other items under the same token are refused', async () => {
    await put('a', 0);
    const ClientRequestToken = 'one-token';
    for (let time = 0; time < 3; time++) await write([add('a', 1)], { ClientRequestToken });
    expect(await get('a')).toEqual({ id: 'a', sum: 1 });
    expect(await failureOf(write([add('a', 2)], { ClientRequestToken }))).toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    // After ten minutes the token stands for nothing any more.
    await dynamodb.service.sweep(Date.now() + 10 * 60 * 1000);
    await write([add('a', 1)], { ClientRequestToken });
    expect(await get('a')).toEqual({ id: 'a', sum: 2 });
    // One that was cancelled has not used its token up.
    const later = { ClientRequestToken: 'other-token' };
    await failureOf(write([add('a', -3)], later));
    await put('a', 3);
    await write([add('a', -3)], later);
    expect(await get('a')).toEqual({ id: 'a', sum: 0 });
  });

  it('reads many items as they are together', async () => {
    await put('a', 1);
    const Get = (id: string) => ({ Get: { TableName, Key: { id } } });
    const read = (...ids: readonly string[]) =>
      dynamodb.client.send(new TransactGetCommand({ TransactItems: ids.map(Get) }));
    expect((await read('a', 'none')).Responses).toEqual([{ Item: { id: 'a', sum: 1 } }, {}]);
    expect(await failureOf(read('a', 'a'))).toMatchObject({ name: 'ValidationException' });
  });
});

describe('transactions at the same time', () => {
  it('lose and make nothing, whatever they are', async () => {
    const account = fc.constantFrom('a', 'b', 'c', 'd');
    const transfer = fc
      .tuple(account, account, fc.integer({ min: 1, max: 12 }))
      .filter(([from, to]) => from !== to);
    await fc.assert(
      fc.asyncProperty(
        fc.array(transfer, { minLength: 1, maxLength: 20 }),
        fc.uuid(),
        async (transfers, run) => {
          for (const id of ['a', 'b', 'c', 'd']) await put(id, 10);
          const all = await Promise.allSettled(
            transfers.map(([from, to, sum], index) =>
              write([add(from, -sum), add(to, sum), logged(`${run}-${index}`)]),
            ),
          );
          const { Responses } = await dynamodb.client.send(
            new TransactGetCommand({
              TransactItems: ['a', 'b', 'c', 'd'].map((id) => ({
                Get: { TableName, Key: { id } },
              })),
            }),
          );
          const sums = Responses?.map(({ Item }) => Number(Item?.['sum'])) ?? [];
          expect(sums.reduce((total, each) => total + each, 0)).toBe(40);
          expect(Math.min(...sums)).toBeGreaterThanOrEqual(0);
          for (const [index, { status }] of all.entries())
            expect((await get(`${run}-${index}`, 'log')) !== undefined).toBe(
              status === 'fulfilled',
            );
        },
      ),
      { numRuns: 25 },
    );
  });
});
