import { storedItem } from './condition-failure.ts';
import { act, database } from './dynalite/engine.ts';
import type { Entries } from './entries.ts';
import { DynamoApiError, invalid, notDone } from './errors.ts';
import type { Json } from './json.ts';
import { isRepeated } from './tokens.ts';
import { type TransactionItem, transactionItems } from './transaction-items.ts';

/** Most bytes of all items of a transaction together. */
const mostBytes = 4 * 1024 * 1024;

/** AWS's names of the reasons that are not called as the errors are. */
const reasonCodes: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

/** The outcome of one item: its answer, or the reason to cancel the transaction. */
type Outcome = { readonly answer: Json } | { readonly reason: Json };

function reasonOf(error: unknown, item: TransactionItem, entries: Entries): Json {
  if (!(error instanceof DynamoApiError)) throw error;
  const Code = reasonCodes[error.name];
  if (Code === undefined) throw error;
  const isCondition = Code === 'ConditionalCheckFailed';
  const Item = isCondition && item.showsItem ? storedItem(entries, item.data) : undefined;
  return { Code, Message: error.message, ...(Item && { Item }) };
}

/** Looks at an item without writing it. @throws {Error} as a write does if its key is wrong or the condition fails */
async function checkCondition(data: Json, entries: Entries): Promise<Json> {
  // What the key lacks is found by reading; its answer says what was consumed.
  const { TableName, Key } = data;
  await act('GetItem', { TableName, Key }, entries);
  if (database.checkConditional(data, storedItem(entries, data)) != null)
    throw new DynamoApiError('ConditionalCheckFailedException', 'The conditional request failed');
  const CapacityUnits = database.capacityUnits(storedItem(entries, data), false, true);
  return { ConsumedCapacity: { TableName, CapacityUnits } };
}

async function outcomeOf(item: TransactionItem, entries: Entries): Promise<Outcome> {
  const { kind, action, data } = item;
  try {
    const answer =
      kind === 'ConditionCheck'
        ? await checkCondition(data, entries)
        : await act(action, data, entries);
    return { answer };
  } catch (error) {
    return { reason: reasonOf(error, item, entries) };
  }
}

/** Runs every item; writes of those that succeed are the caller's to take back. @throws {DynamoApiError} if one fails */
async function runItems(
  items: readonly TransactionItem[],
  entries: Entries,
): Promise<readonly Json[]> {
  const outcomes: Outcome[] = [];
  for (const item of items) outcomes.push(await outcomeOf(item, entries));
  const answers = outcomes.flatMap((each) => ('answer' in each ? [each.answer] : []));
  if (answers.length === outcomes.length) return answers;
  const CancellationReasons = outcomes.map((each) =>
    'reason' in each ? each.reason : { Code: 'None' },
  );
  const codes = CancellationReasons.map((each) => each['Code']).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  throw new DynamoApiError('TransactionCanceledException', message, {
    // AWS writes this error's message with a capital letter.
    details: { Message: message, CancellationReasons },
  });
}

/** What was consumed of each table: a transaction takes twice what its operations would. */
function consumed({ ReturnConsumedCapacity }: Json, answers: readonly Json[]): Json {
  if (ReturnConsumedCapacity !== 'TOTAL' && ReturnConsumedCapacity !== 'INDEXES') return {};
  const units = new Map<unknown, number>();
  for (const { ConsumedCapacity } of answers) {
    const { TableName, CapacityUnits } = ConsumedCapacity as Json;
    units.set(TableName, (units.get(TableName) ?? 0) + 2 * Number(CapacityUnits));
  }
  const ConsumedCapacity = [...units].map(([TableName, CapacityUnits]) => ({
    TableName,
    CapacityUnits,
  }));
  return { ConsumedCapacity };
}

function refuseOthers(parameters: Json, known: readonly string[], operation: string): void {
  const others = Object.keys(parameters).filter((name) => !known.includes(name));
  if (others.length > 0) throw notDone(`${others.join(', ')} in ${operation}`);
}

/**
 * Writes all items, or none if a condition fails. Run atomically. The same token with the same items within ten minutes
 * is answered and written once.
 *
 * @throws {DynamoApiError} TransactionCanceledException with a reason for each item
 */
export async function transactWrite(entries: Entries, parameters: Json): Promise<Json> {
  const { ClientRequestToken: token, ReturnConsumedCapacity, ...rest } = parameters;
  refuseOthers(rest, ['TransactItems', 'ReturnItemCollectionMetrics'], 'TransactWriteItems');
  const metrics = rest['ReturnItemCollectionMetrics'] ?? 'NONE';
  if (metrics === 'SIZE') throw notDone('ReturnItemCollectionMetrics SIZE');
  if (metrics !== 'NONE') throw invalid('ReturnItemCollectionMetrics must be NONE or SIZE');
  const items = transactionItems(
    parameters,
    ['ConditionCheck', 'Put', 'Delete', 'Update'],
    entries,
  );
  if (token !== undefined && isRepeated(token, rest['TransactItems'], entries)) return {};
  const answers = await runItems(items, entries);
  const bytes = items.map(({ data }) => database.itemSize(storedItem(entries, data) ?? {}));
  if (bytes.reduce((sum, each) => sum + each, 0) > mostBytes)
    throw invalid('Aggregate size of the items of the transaction exceeds 4 MB');
  return consumed({ ReturnConsumedCapacity }, answers);
}

/** Reads all items as they are at one moment. @throws {DynamoApiError} if one cannot be read */
export async function transactGet(entries: Entries, parameters: Json): Promise<Json> {
  const { TransactItems, ReturnConsumedCapacity, ...rest } = parameters;
  refuseOthers(rest, [], 'TransactGetItems');
  const answers = await runItems(transactionItems(parameters, ['Get'], entries), entries);
  const Responses = answers.map(({ Item }) => (Item === undefined ? {} : { Item }));
  return { Responses, ...consumed({ ReturnConsumedCapacity }, answers) };
}
