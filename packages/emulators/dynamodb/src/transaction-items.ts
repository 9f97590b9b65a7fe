import { askedOnFailure, type WriteAction } from './condition-failure.ts';
import { checked, database } from './dynalite/engine.ts';
import type { Entries } from './entries.ts';
import { invalid, notDone } from './errors.ts';
import { isJson, type Json } from './json.ts';
import { findTable } from './tables.ts';

/** Most items of one transaction. */
const mostItems = 100;

const expressions = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const condition = [
  'TableName',
  'ConditionExpression',
  ...expressions,
  'ReturnValuesOnConditionCheckFailure',
];

/** The kinds of a transaction's items: the operation that does each, and its parameters. */
const kinds: Readonly<
  Record<
    string,
    { readonly action: WriteAction | 'GetItem'; readonly parameters: readonly string[] }
  >
> = {
  ConditionCheck: { action: 'DeleteItem', parameters: ['Key', ...condition] },
  Put: { action: 'PutItem', parameters: ['Item', ...condition] },
  Delete: { action: 'DeleteItem', parameters: ['Key', ...condition] },
  Update: { action: 'UpdateItem', parameters: ['Key', 'UpdateExpression', ...condition] },
  Get: {
    action: 'GetItem',
    parameters: ['Key', 'TableName', 'ProjectionExpression', 'ExpressionAttributeNames'],
  },
};

/** Parameters that an item of a kind must have. */
const needed: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionExpression',
  Update: 'UpdateExpression',
};

/** One item of a transaction, with parameters that are checked. */
export interface TransactionItem {
  readonly kind: string;
  readonly action: WriteAction | 'GetItem';
  readonly data: Json;
  /** A failed condition shows the item. */
  readonly showsItem: boolean;
}

function itemOf(
  given: unknown,
  allowed: readonly string[],
  ReturnConsumedCapacity: unknown,
  entries: Entries,
): TransactionItem {
  const [[kind, parameters] = ['', undefined], ...others] = isJson(given)
    ? Object.entries(given)
    : [];
  const known = allowed.includes(kind) ? kinds[kind] : undefined;
  if (known === undefined || others.length > 0 || !isJson(parameters))
    throw invalid(`TransactItems can only contain one of ${allowed.join(', ')}`);
  const strange = Object.keys(parameters).filter((name) => !known.parameters.includes(name));
  if (strange.length > 0) throw notDone(`${strange.join(', ')} in ${kind} of a transaction`);
  const missing = needed[kind];
  if (missing !== undefined && parameters[missing] === undefined)
    throw invalid(`The ${missing} of ${kind} must not be null`);
  const { showsItem, rest } = askedOnFailure(parameters);
  const asked = {
    ...rest,
    ...(ReturnConsumedCapacity !== undefined && { ReturnConsumedCapacity }),
  };
  return { kind, action: known.action, data: checked(known.action, asked, entries), showsItem };
}

/** A text for each item that is named well; the errors of others are found when their turn comes. */
function identityOf({ data }: TransactionItem, entries: Entries): string {
  const table = findTable(entries, String(data['TableName']));
  const given = (data['Key'] ?? data['Item']) as Json;
  const key = Object.fromEntries(
    table.KeySchema.map(({ AttributeName: name }) => [name, given[name]]),
  );
  const isWhole = database.validateKey(key, table) == null;
  return JSON.stringify([table.TableName, isWhole ? database.createKey(key, table) : given]);
}

/**
 * Returns the items of a transaction.
 *
 * @param allowed the kinds that it may have
 * @throws {DynamoApiError} if one is wrong in its form, its table is not there, there are too many, or two are the same
 */
export function transactionItems(
  parameters: Json,
  allowed: readonly string[],
  entries: Entries,
): readonly TransactionItem[] {
  const { TransactItems: given, ReturnConsumedCapacity } = parameters;
  const length = Array.isArray(given) ? given.length : 0;
  if (!Array.isArray(given) || length < 1 || length > mostItems)
    throw invalid(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${length < 1 ? 'greater than or equal to 1' : `less than or equal to ${mostItems}`}`,
    );
  const items = given.map((each) => itemOf(each, allowed, ReturnConsumedCapacity, entries));
  const identities = new Set(items.map((each) => identityOf(each, entries)));
  if (identities.size < items.length)
    throw invalid('Transaction request cannot include multiple operations on one item');
  return items;
}
