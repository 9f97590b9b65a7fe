// Imported when the first request comes: dynalite takes some 60 ms and 15 MB.
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import deleteTableRules from 'dynalite/validations/deleteTable.js';
import describeTableRules from 'dynalite/validations/describeTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import listTablesRules from 'dynalite/validations/listTables.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import type { Entries } from '../entries.ts';
import { DynamoApiError, notDone, unreadable } from '../errors.ts';
import { isJson, type Json } from '../json.ts';
import { storeOver } from './store.ts';
import { strangeParameters } from './strange-parameters.ts';

/** An operation on items that dynalite does. */
export type Action =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

/** An operation whose parameters dynalite knows. */
type Known = Action | 'CreateTable' | 'DeleteTable' | 'DescribeTable' | 'ListTables';

const actions: Readonly<Record<Action, typeof getItem>> = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  DeleteItem: deleteItem,
  GetItem: getItem,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  UpdateItem: updateItem,
};

const rules: Readonly<Record<Known, typeof getItemRules>> = {
  BatchGetItem: batchGetItemRules,
  BatchWriteItem: batchWriteItemRules,
  CreateTable: createTableRules,
  DeleteItem: deleteItemRules,
  DeleteTable: deleteTableRules,
  DescribeTable: describeTableRules,
  GetItem: getItemRules,
  ListTables: listTablesRules,
  PutItem: putItemRules,
  Query: queryRules,
  // Its action knows of consistent reads, its rules do not.
  Scan: { ...scanRules, types: { ...scanRules.types, ConsistentRead: 'Boolean' } },
  UpdateItem: updateItemRules,
};

/** Returns an error that dynalite means as one of ours; undefined for one that it does not expect itself. */
function meant(error: unknown): DynamoApiError | undefined {
  const body: unknown = error instanceof Error ? Reflect.get(error, 'body') : undefined;
  if (!isJson(body)) return undefined;
  const name = String(body['__type']).split('#').at(-1) ?? '';
  return new DynamoApiError(name, String(body['message'] ?? body['Message']), { cause: error });
}

/**
 * Returns the parameters of an operation once they are found to be right, with expressions parsed.
 *
 * @throws {DynamoApiError} if one is wrong, or would be ignored
 */
export function checked(operation: Known, parameters: Json, entries: Entries): Json {
  const { types, custom } = rules[operation];
  const strange = strangeParameters(parameters, types);
  if (strange.length > 0) throw notDone(`${strange.join(', ')} in ${operation}`);
  if (parameters['ReturnItemCollectionMetrics'] === 'SIZE')
    throw notDone('ReturnItemCollectionMetrics SIZE');
  try {
    const data = validations.checkTypes(parameters, types);
    validations.checkValidations(data, types, custom, storeOver(entries));
    return data;
  } catch (error) {
    // It stumbles over what it does not look for: null in a list.
    throw meant(error) ?? unreadable('The request is not of the form that the API has', error);
  }
}

/** Runs an operation with parameters that are checked. @throws {DynamoApiError} if it does not succeed */
export function act(action: Action, data: Json, entries: Entries): Promise<Json> {
  return new Promise((resolve, reject) => {
    actions[action](storeOver(entries), data, (error, answer) => {
      if (error) reject(meant(error) ?? error);
      else resolve(answer ?? {});
    });
  });
}

export { default as database } from 'dynalite/db/index.js';
