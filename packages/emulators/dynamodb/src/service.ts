import { join } from 'node:path';
import { explainSqlite } from '@chorus/emulator-files';
import { ensureTable, type TableSpec } from './ensure-table.ts';
import { type Entries, openEntries } from './entries.ts';
import type { Json } from './json.ts';
import { oneAtATime, type Queue } from './one-at-a-time.ts';
import { expirySpace, tableSpace } from './spaces.ts';
import { findTable } from './tables.ts';
import { forgetTokens } from './tokens.ts';

export interface DynamodbService {
  /** Makes a table, or brings the indexes and the expiry of one that is there up to date. */
  ensureTable(table: TableSpec): Promise<void>;
  /**
   * Runs an operation of the API: `PutItem`.
   *
   * @throws {DynamoApiError} if it does not succeed
   */
  run(operation: string, parameters: Json): Promise<Json>;
  /**
   * Removes every item that has expired by then. It is done once a minute; until then items are read as on AWS, which
   * takes up to a few days.
   *
   * @param now in epoch milliseconds
   */
  sweep(now: number): Promise<void>;
}

export interface DynamodbOptions {
  /** Folder of the file with all tables. */
  readonly directory: string;
}

const sweepEveryMs = 60_000;

/** Opens nothing before it is asked for: a cloud without tables pays nothing. */
export function startService({ directory }: DynamodbOptions): {
  readonly service: DynamodbService;
  close(): Promise<void>;
} {
  const file = join(directory, 'dynamodb.sqlite');
  const queue = oneAtATime();
  const inTurn: Queue = (work) =>
    queue(work).catch((error: unknown) => {
      throw explainSqlite(error, file);
    });
  let opened: Entries | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function entries(): Entries {
    if (isClosed) throw new Error('DynamoDB is closed');
    opened ??= openEntries(file);
    timer ??= setInterval(() => {
      service.sweep(Date.now()).catch((error: unknown) => {
        console.error('Items that have expired could not be removed:', error);
      });
    }, sweepEveryMs).unref();
    return opened;
  }

  async function sweepTable(name: string, now: number): Promise<void> {
    const { sweepStep } = await import('./time-to-live.ts');
    let after: string | undefined;
    do {
      const before = after;
      after = await inTurn(async () => {
        // The table may have been deleted meanwhile.
        if (isClosed || entries().get(tableSpace, name) === undefined) return undefined;
        const step = () => sweepStep(entries(), findTable(entries(), name), before, now / 1000);
        return entries().atomically(step);
      });
    } while (after !== undefined);
  }

  const service: DynamodbService = {
    ensureTable: (table) => inTurn(() => entries().atomically(() => ensureTable(entries(), table))),
    async run(operation, parameters) {
      const { runOperation } = await import('./operations.ts');
      return inTurn(() => runOperation(operation, parameters, entries()));
    },
    async sweep(now) {
      const names = await inTurn(async () => {
        if (isClosed) return [];
        forgetTokens(entries(), now);
        return [...entries().read(expirySpace)].map(({ key }) => key);
      });
      for (const name of names) await sweepTable(name, now);
    },
  };

  return {
    service,
    async close() {
      clearInterval(timer);
      await inTurn(async () => {
        isClosed = true;
        opened?.close();
      });
    },
  };
}
