import { act, checked, database } from './dynalite/engine.ts';
import type { Entries } from './entries.ts';
import { DynamoApiError, invalid } from './errors.ts';
import type { Json } from './json.ts';
import { itemSpace } from './spaces.ts';
import { findTable } from './tables.ts';

/** An operation that writes one item. */
export type WriteAction = 'PutItem' | 'UpdateItem' | 'DeleteItem';

const parameter = 'ReturnValuesOnConditionCheckFailure';

/** What a failed condition's error shows, and the parameters without it. */
export interface Asked {
  readonly showsItem: boolean;
  readonly rest: Json;
}

/** @throws {DynamoApiError} if it is none of its two values */
export function askedOnFailure({ [parameter]: value = 'NONE', ...rest }: Json): Asked {
  if (value !== 'NONE' && value !== 'ALL_OLD')
    throw invalid(
      `1 validation error detected: Value '${value}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
    );
  return { showsItem: value === 'ALL_OLD', rest };
}

/** Returns the item as it is under the key of checked parameters. */
export function storedItem(entries: Entries, data: Json): Json | undefined {
  const table = findTable(entries, String(data['TableName']));
  const key = database.createKey((data['Key'] ?? data['Item']) as Json, table);
  return entries.get(itemSpace(table.TableName), key) as Json | undefined;
}

/** Adds the item to the error of a failed condition. */
function withItem(error: unknown, entries: Entries, data: Json): unknown {
  if (!(error instanceof DynamoApiError) || error.name !== 'ConditionalCheckFailedException')
    return error;
  const Item = storedItem(entries, data);
  if (Item === undefined) return error;
  return new DynamoApiError(error.name, error.message, { details: { Item }, cause: error });
}

/**
 * Writes an item.
 *
 * @throws {DynamoApiError} with the item if a condition fails and `ReturnValuesOnConditionCheckFailure` asks for it
 */
export async function writeItem(
  action: WriteAction,
  parameters: Json,
  entries: Entries,
): Promise<Json> {
  const { showsItem, rest } = askedOnFailure(parameters);
  const data = checked(action, rest, entries);
  try {
    return await act(action, data, entries);
  } catch (error) {
    throw showsItem ? withItem(error, entries, data) : error;
  }
}
