import { expect, it } from 'vitest';
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
