import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { accountId, region } from '@chorus/emulator-aws';
import type { Entries } from './entries.ts';
import { DynamoApiError, noTable } from './errors.ts';
import type { Json } from './json.ts';
import { expirySpace, indexSpace, itemSpace, tableSpace } from './spaces.ts';

/** An attribute's place in a key. */
export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

/** An index of a table, as requests and answers describe it. */
interface IndexDescription extends Json {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
}

/** A table as DescribeTable shows it; the counts of its items are added then. */
export interface TableDescription extends Json {
  readonly TableName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
}

function tableArn(name: string): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
}

/** Values of parameters that say what is so without them. */
const usual: Json = {
  StreamSpecification: { StreamEnabled: false },
  SSESpecification: { Enabled: false },
  DeletionProtectionEnabled: false,
  TableClass: 'STANDARD',
  Tags: [],
};

/** Returns the parameters of CreateTable without those that say what is so anyway. */
export function withoutUsual(parameters: Json): Json {
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => !Object.hasOwn(usual, name) || !isDeepStrictEqual(value, usual[name]),
    ),
  );
}

/** @throws {DynamoApiError} ResourceNotFoundException */
export function findTable(entries: Entries, name: string): TableDescription {
  const table = entries.get(tableSpace, name);
  if (table === undefined) throw noTable(name);
  return table as TableDescription;
}

const throughput = (given: unknown): Json => ({
  ...((given as Json | undefined) ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }),
  NumberOfDecreasesToday: 0,
});

function describedIndex(table: string, index: IndexDescription): IndexDescription {
  return { ...index, IndexArn: `${tableArn(table)}/index/${index.IndexName}` };
}

/** Returns the description of a table with these parameters of CreateTable, which are checked. */
export function describedTable(data: Json): TableDescription {
  const {
    BillingMode,
    ProvisionedThroughput,
    LocalSecondaryIndexes: local,
    GlobalSecondaryIndexes: global,
    ...given
  } = data as TableDescription;
  const created = Date.now() / 1000;
  return {
    ...given,
    TableStatus: 'ACTIVE',
    CreationDateTime: created,
    ProvisionedThroughput: throughput(ProvisionedThroughput),
    TableArn: tableArn(given.TableName),
    TableId: randomUUID(),
    ...(BillingMode === 'PAY_PER_REQUEST' && {
      BillingModeSummary: { BillingMode, LastUpdateToPayPerRequestDateTime: created },
    }),
    ...(local && {
      LocalSecondaryIndexes: local.map((index) => describedIndex(given.TableName, index)),
    }),
    ...(global && {
      GlobalSecondaryIndexes: global.map((index) => ({
        ...describedIndex(given.TableName, index),
        IndexStatus: 'ACTIVE',
        ProvisionedThroughput: throughput(index['ProvisionedThroughput']),
      })),
    }),
  };
}

/** Makes a table, which is there at once. @throws {DynamoApiError} ResourceInUseException if it is there */
export function createTable(entries: Entries, data: Json): Json {
  const table = describedTable(data);
  if (entries.get(tableSpace, table.TableName) !== undefined)
    throw new DynamoApiError('ResourceInUseException', `Table already exists: ${table.TableName}`);
  entries.put(tableSpace, table.TableName, table);
  return { TableDescription: counted(entries, table) };
}

/** A description with the number of items and, roughly, their size. AWS counts every six hours; here it is always right. */
function counted(entries: Entries, table: TableDescription): Json {
  const { entries: ItemCount, characters } = entries.size(itemSpace(table.TableName));
  return { ...table, ItemCount, TableSizeBytes: characters };
}

/** The spaces of a table's indexes. */
export function indexSpaces(table: TableDescription): readonly string[] {
  return (['Global', 'Local'] as const).flatMap((kind) =>
    (table[`${kind}SecondaryIndexes`] ?? []).map(({ IndexName }) =>
      indexSpace(kind, table.TableName, IndexName),
    ),
  );
}

/** Removes a table with its items, which are gone at once. @throws {DynamoApiError} ResourceNotFoundException */
export function deleteTable(entries: Entries, name: string): Json {
  const table = findTable(entries, name);
  for (const space of [itemSpace(name), ...indexSpaces(table)]) entries.clear(space);
  entries.remove(expirySpace, name);
  entries.remove(tableSpace, name);
  return { TableDescription: { ...table, TableStatus: 'DELETING' } };
}

/** @throws {DynamoApiError} ResourceNotFoundException */
export function describeTable(entries: Entries, name: string): Json {
  return { Table: counted(entries, findTable(entries, name)) };
}

/** Lists names of tables, a page at a time. */
export function listTables(entries: Entries, data: Json): Json {
  const limit = Number(data['Limit'] ?? 100);
  const after = data['ExclusiveStartTableName'];
  const range = { ...(typeof after === 'string' && { gt: after }), limit: limit + 1 };
  const names = [...entries.read(tableSpace, range)].map(({ key }) => key);
  const TableNames = names.slice(0, limit);
  return { TableNames, ...(names.length > limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
}
