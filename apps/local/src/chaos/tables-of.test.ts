import { expect, it } from 'vitest';
import { queuesOf } from './queues.ts';
import { tablesOf } from './tables-of.ts';

const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/b';

it.each([
  ['GetItem', { TableName: 'a' }, ['a']],
  ['Query', { TableName: arn }, ['b']],
  ['BatchGetItem', { RequestItems: { a: {}, [arn]: {} } }, ['a', 'b']],
  ['BatchWriteItem', { RequestItems: { a: [] } }, ['a']],
  [
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }] },
    ['a', 'b'],
  ],
  [
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName: 'a' } }, { Get: { TableName: 'a' } }] },
    ['a'],
  ],
  ['DescribeTable', { TableName: 'a' }, []],
  ['ListTables', {}, []],
  ['PutItem', {}, []],
  ['PutItem', { TableName: 7 }, []],
  ['PutItem', null, []],
  ['BatchGetItem', { RequestItems: 7 }, []],
  ['TransactGetItems', { TransactItems: [null, { Get: null }] }, []],
  ['TransactGetItems', 'text', []],
])('%s %j is about %j', (operation, parameters, tables) => {
  expect(tablesOf(operation, parameters)).toEqual(tables);
});

const queue = 'http://127.0.0.1:8787/000000000000/b.fifo';

it.each([
  ['SendMessage', { QueueUrl: queue }, ['b.fifo']],
  ['SendMessageBatch', { QueueUrl: 'b' }, ['b']],
  ['ReceiveMessage', { QueueUrl: queue }, ['b.fifo']],
  ['ReceiveMessageBatch', { QueueUrl: queue }, []],
  ['PurgeQueue', { QueueUrl: queue }, []],
  ['GetQueueUrl', { QueueName: 'b' }, []],
  ['SendMessage', { QueueUrl: 7 }, []],
  ['SendMessage', null, []],
])('%s %j is about the queues %j', (operation, parameters, queues) => {
  expect(queuesOf(operation, parameters)).toEqual(queues);
});
