import { act } from './dynalite/engine.ts';
import type { Entries } from './entries.ts';
import { invalid, notDone } from './errors.ts';
import { isJson, type Json } from './json.ts';
import { expirySpace, itemSpace } from './spaces.ts';
import { findTable, type TableDescription } from './tables.ts';

/** Returns the attribute by which a table's items expire. */
function attributeOf(entries: Entries, table: string): string | undefined {
  const attribute = entries.get(expirySpace, table);
  return typeof attribute === 'string' ? attribute : undefined;
}

function tableNameOf({ TableName }: Json): string {
  if (typeof TableName !== 'string')
    throw invalid(
      "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
    );
  return TableName;
}

function refuseOthers(parameters: Json, known: readonly string[], operation: string): void {
  const others = Object.keys(parameters).filter((name) => !known.includes(name));
  if (others.length > 0) throw notDone(`${others.join(', ')} in ${operation}`);
}

/**
 * Lets items expire at the time in an attribute, or no more.
 *
 * @throws {DynamoApiError} if that is so already, or another attribute is in use
 */
export function updateTimeToLive(entries: Entries, parameters: Json): Json {
  refuseOthers(parameters, ['TableName', 'TimeToLiveSpecification'], 'UpdateTimeToLive');
  const name = tableNameOf(parameters);
  const { TimeToLiveSpecification: specification } = parameters;
  if (!isJson(specification)) throw invalid('TimeToLiveSpecification must be an object');
  refuseOthers(specification, ['Enabled', 'AttributeName'], 'TimeToLiveSpecification');
  const { Enabled: isEnabled, AttributeName: attribute } = specification;
  if (typeof isEnabled !== 'boolean' || typeof attribute !== 'string')
    throw invalid('TimeToLiveSpecification needs Enabled and AttributeName');
  if (attribute.length < 1 || attribute.length > 255)
    throw invalid('TimeToLiveSpecification.AttributeName must have 1 to 255 characters');
  findTable(entries, name);
  const current = attributeOf(entries, name);
  if (!isEnabled && current === undefined) throw invalid('TimeToLive is already disabled');
  if (current !== undefined && current !== attribute)
    throw invalid(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
    );
  if (isEnabled && current === attribute) throw invalid('TimeToLive is already enabled');
  if (isEnabled) entries.put(expirySpace, name, attribute);
  else entries.remove(expirySpace, name);
  return { TimeToLiveSpecification: specification };
}

/** @throws {DynamoApiError} ResourceNotFoundException */
export function describeTimeToLive(entries: Entries, parameters: Json): Json {
  refuseOthers(parameters, ['TableName'], 'DescribeTimeToLive');
  const { TableName } = findTable(entries, tableNameOf(parameters));
  const AttributeName = attributeOf(entries, TableName);
  return {
    TimeToLiveDescription:
      AttributeName === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName },
  };
}

/** Older times than that do not expire an item, so that times in another unit do no harm; in seconds, as on AWS. */
const oldestSeconds = 5 * 365 * 24 * 60 * 60;

/** Items that one step of a sweep looks at: requests are answered between two steps. */
const itemsPerStep = 500;

function hasExpired(item: Json, attribute: string, nowSeconds: number): boolean {
  const value = item[attribute];
  const number = isJson(value) ? value['N'] : undefined;
  if (typeof number !== 'string') return false;
  const age = nowSeconds - Number(number);
  return age >= 0 && age < oldestSeconds;
}

function keyOf(item: Json, { KeySchema }: TableDescription): Json {
  return Object.fromEntries(KeySchema.map(({ AttributeName: name }) => [name, item[name]]));
}

/**
 * Removes the expired among the next items of a table, with what its indexes have of them.
 *
 * @param after key of the last item that the step before looked at
 * @returns the last key that this one looked at; undefined at the table's end
 */
export async function sweepStep(
  entries: Entries,
  table: TableDescription,
  after: string | undefined,
  nowSeconds: number,
): Promise<string | undefined> {
  const { TableName } = table;
  const attribute = attributeOf(entries, TableName);
  if (attribute === undefined) return undefined;
  const range = { ...(after !== undefined && { gt: after }), limit: itemsPerStep };
  const items = [...entries.read(itemSpace(TableName), range)];
  for (const { value } of items) {
    const item = value as Json;
    if (hasExpired(item, attribute, nowSeconds))
      await act('DeleteItem', { TableName, Key: keyOf(item, table) }, entries);
  }
  return items.length < itemsPerStep ? undefined : items.at(-1)?.key;
}
