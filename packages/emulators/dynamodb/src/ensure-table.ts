import { isDeepStrictEqual } from 'node:util';
import type { Entries } from './entries.ts';
import { TableError } from './errors.ts';
import { expirySpace, itemSpace, tableSpace } from './spaces.ts';
import { describedTable, indexSpaces, type KeyElement, type TableDescription } from './tables.ts';

/** An attribute of a key: text, number or bytes. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** A table that the local cloud has from its start. */
export interface TableSpec {
  /** The table's name as clients write it: `chorus-reviews`. */
  readonly name: string;
  readonly key: KeyAttribute;
  readonly sort?: KeyAttribute;
  /** Attribute with the epoch seconds at which an item expires. @default items stay */
  readonly ttl?: string;
  /** Further keys to query by, with all attributes of the items. */
  readonly indexes?: readonly {
    readonly name: string;
    readonly key: KeyAttribute;
    readonly sort?: KeyAttribute;
  }[];
}

type Keyed = Pick<TableSpec, 'key' | 'sort'>;

function keySchema({ key, sort }: Keyed): readonly KeyElement[] {
  return [
    { AttributeName: key.name, KeyType: 'HASH' },
    ...(sort ? [{ AttributeName: sort.name, KeyType: 'RANGE' }] : []),
  ];
}

const keyAttributes = ({ key, sort }: Keyed): readonly KeyAttribute[] =>
  sort ? [key, sort] : [key];

/** Returns what a table with this specification is described as. @throws {TableError} if its keys contradict */
function descriptionOf({ name, key, sort, indexes = [] }: TableSpec): TableDescription {
  const table: Keyed = { key, ...(sort && { sort }) };
  const types = new Map<string, KeyAttribute['type']>();
  for (const { name: attribute, type } of [table, ...indexes].flatMap(keyAttributes)) {
    if ((types.get(attribute) ?? type) !== type)
      throw new TableError(
        `The table ${name} has the attribute ${attribute} with two types in its keys; give it one.`,
      );
    types.set(attribute, type);
  }
  return describedTable({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(table),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  });
}

/** The key as a person reads it: `id (S), at (N)`. */
function shownKey({ KeySchema, AttributeDefinitions }: TableDescription): string {
  const typeOf = (name: string) =>
    AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  return KeySchema.map(({ AttributeName: name }) => `${name} (${typeOf(name)})`).join(', ');
}

/** What the indexes depend on. */
const indexesOf = (table: TableDescription) =>
  (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema }) => [
    IndexName,
    shownKey({ ...table, KeySchema }),
  ]);

/** Makes all indexes anew from the items. */
async function fillIndexes(entries: Entries, table: TableDescription): Promise<void> {
  const { database } = await import('./dynalite/engine.ts');
  const { storeOver } = await import('./dynalite/store.ts');
  for (const { value } of [...entries.read(itemSpace(table.TableName))])
    database.updateIndexes(storeOver(entries), table, undefined, value, (error) => {
      if (error) throw error;
    });
}

/**
 * Makes a table, or brings the indexes and the expiry of one that is there up to date; its items stay.
 *
 * @throws {TableError} if the one that is there has another key, or the keys contradict
 */
export async function ensureTable(entries: Entries, spec: TableSpec): Promise<void> {
  const wanted = descriptionOf(spec);
  const { name } = spec;
  const there = entries.get(tableSpace, name) as TableDescription | undefined;
  if (there !== undefined && shownKey(there) !== shownKey(wanted))
    throw new TableError(
      `The table ${name} has the key ${shownKey(there)}, and is described with ${shownKey(wanted)} now. A table's key cannot change: give the table another name, or move dynamodb.sqlite out of the local cloud's folder to begin with empty tables.`,
    );
  if (there === undefined) entries.put(tableSpace, name, wanted);
  else if (!isDeepStrictEqual(indexesOf(there), indexesOf(wanted))) {
    for (const space of indexSpaces(there)) entries.clear(space);
    const { CreationDateTime, TableId } = there;
    entries.put(tableSpace, name, { ...wanted, CreationDateTime, TableId });
    await fillIndexes(entries, wanted);
  }
  if (spec.ttl === undefined) entries.remove(expirySpace, name);
  else entries.put(expirySpace, name, spec.ttl);
}
