// Imported when the first request comes, with dynalite.
import { writeItem } from './condition-failure.ts';
import { type Action, act, checked } from './dynalite/engine.ts';
import type { Entries } from './entries.ts';
import { DynamoApiError } from './errors.ts';
import type { Json } from './json.ts';
import { createTable, deleteTable, describeTable, listTables, withoutUsual } from './tables.ts';
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { transactGet, transactWrite } from './transactions.ts';

interface Operation {
  /** All that it writes is kept, or nothing. @default it only reads */
  readonly writes?: true;
  run(parameters: Json, entries: Entries): Json | Promise<Json>;
}

const asDynalite = (action: Action): Operation => ({
  run: (parameters, entries) => act(action, checked(action, parameters, entries), entries),
});

const writing = (run: Operation['run']): Operation => ({ writes: true, run });

/** Everything that is answered. */
const operations: Readonly<Record<string, Operation>> = {
  BatchGetItem: asDynalite('BatchGetItem'),
  BatchWriteItem: { writes: true, ...asDynalite('BatchWriteItem') },
  CreateTable: writing((parameters, entries) =>
    createTable(entries, checked('CreateTable', withoutUsual(parameters), entries)),
  ),
  DeleteItem: writing((parameters, entries) => writeItem('DeleteItem', parameters, entries)),
  DeleteTable: writing((parameters, entries) => {
    const { TableName } = checked('DeleteTable', parameters, entries);
    return deleteTable(entries, String(TableName));
  }),
  DescribeTable: {
    run(parameters, entries) {
      const { TableName } = checked('DescribeTable', parameters, entries);
      return describeTable(entries, String(TableName));
    },
  },
  DescribeTimeToLive: { run: (parameters, entries) => describeTimeToLive(entries, parameters) },
  GetItem: asDynalite('GetItem'),
  ListTables: {
    run: (parameters, entries) => listTables(entries, checked('ListTables', parameters, entries)),
  },
  PutItem: writing((parameters, entries) => writeItem('PutItem', parameters, entries)),
  Query: asDynalite('Query'),
  Scan: asDynalite('Scan'),
  TransactGetItems: { run: (parameters, entries) => transactGet(entries, parameters) },
  TransactWriteItems: writing((parameters, entries) => transactWrite(entries, parameters)),
  UpdateItem: writing((parameters, entries) => writeItem('UpdateItem', parameters, entries)),
  UpdateTimeToLive: writing((parameters, entries) => updateTimeToLive(entries, parameters)),
};

/**
 * Runs an operation of the API, while no other runs.
 *
 * @throws {DynamoApiError} UnknownOperationException for one that is not answered; whatever it does not succeed for
 */
export async function runOperation(
  name: string,
  parameters: Json,
  entries: Entries,
): Promise<Json> {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined)
    throw new DynamoApiError(
      'UnknownOperationException',
      `The local cloud's DynamoDB does not do ${name}: only ${Object.keys(operations).join(', ')}.`,
    );
  const run = async () => operation.run(parameters, entries);
  return operation.writes === true ? entries.atomically(run) : run();
}
