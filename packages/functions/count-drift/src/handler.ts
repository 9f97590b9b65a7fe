import { CloudWatchLogsClient, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { countHour } from './count-hour.ts';
import type { CountSettings } from './env.ts';
import { NotCountedError } from './errors.ts';
import { type Hour, hoursOf } from './hours.ts';
import { keepHour } from './keep-hour.ts';
import { manifestsIn } from './manifests.ts';
import { readLines } from './read-lines.ts';

/** What a run did, over all models. */
interface Totals {
  /** Hours of a version that were written. */
  windows: number;
  rows: number;
  refused: number;
  /** Lines whose counts are not those of their version's manifest. */
  strange: number;
}

/**
 * Makes the handler that counts what models were asked and answered: it sums the lines of their logs hour by hour, and keeps the sums. To run it
 * twice, or at the same time, is to run it once. A model that has no log was never asked.
 */
export function createCountHandler(
  { table, bucket, logs }: CountSettings,
  clock: () => number = Date.now,
): Handler {
  const cloudWatch = new CloudWatchLogsClient({});
  const tables = new DynamoDBClient({});
  const find = manifestsIn(bucket);

  async function countModel(
    model: string,
    group: string,
    hours: readonly Hour[],
    totals: Totals,
  ): Promise<void> {
    for (const hour of hours) {
      const lines = readLines(cloudWatch, group, hour);
      const counted = await countHour(model, hour, lines, find);
      for (const each of counted.hours) {
        await keepHour(tables, table, each);
        totals.windows += 1;
        totals.rows += each.counts.rows;
        totals.refused += each.counts.refused;
      }
      totals.strange += counted.strange;
    }
  }

  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const hours = hoursOf(event, clock());
    const totals: Totals = { windows: 0, rows: 0, refused: 0, strange: 0 };
    const failed: { readonly model: string; readonly error: unknown }[] = [];
    for (const [model, group] of logs) {
      try {
        await countModel(model, group, hours, totals);
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) failed.push({ model, error });
      }
    }
    Object.assign(notes, totals);
    const [first] = failed;
    if (first !== undefined)
      throw new NotCountedError(
        `${failed.map(({ model }) => model).join(', ')} could not be counted; the next run counts them: ${first.error instanceof Error ? first.error.message : first.error}`,
        { cause: first.error },
      );
    return totals;
  };
}
