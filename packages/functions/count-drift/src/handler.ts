import { CloudWatchLogsClient, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { judge } from '@chorus/drift';
import type { Handler } from '@chorus/runtime/bootstrap';
import { writeLine } from '@chorus/runtime/log';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { countHour } from './count-hour.ts';
import type { CountSettings } from './env.ts';
import { NotCountedError } from './errors.ts';
import { type Hour, hourMs, hourOf, hoursOf } from './hours.ts';
import { keepHour } from './keep-hour.ts';
import { manifestsIn } from './manifests.ts';
import { readLines } from './read-lines.ts';
import { recentCounts } from './recent-counts.ts';
import { tellOn } from './tell-drift.ts';
import { openVerdicts } from './verdicts.ts';

/** What a run did, over all models. */
interface Totals {
  /** Hours of a version that were written. */
  windows: number;
  rows: number;
  refused: number;
  /** Lines whose counts are not those of their version's manifest. */
  strange: number;
}

/** A verdict is about so many hours, this one included. */
const judgedHours = 24;

/**
 * Makes the handler that counts what models were asked and answered: it sums the lines of their logs hour by hour, and keeps the sums. To run it
 * twice, or at the same time, is to run it once. A model that has no log was never asked. Of each other model it writes a line that says how many of its
 * columns have drifted within a day; an alarm looks at these. That one begins to drift is an event on the bus of verdicts, once for each turn.
 */
export function createCountHandler(
  { table, bucket, bus, logs }: CountSettings,
  clock: () => number = Date.now,
): Handler {
  const cloudWatch = new CloudWatchLogsClient({});
  const tables = new DynamoDBClient({});
  const find = manifestsIn(bucket);
  const verdicts = openVerdicts(tables, table);
  const tell = tellOn(bus);

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

  /** Judges the version that was asked last. Too few rows, or no reference, are no verdict. */
  async function judgeModel(model: string, after: number): Promise<void> {
    const counts = await recentCounts(tables, table, model, after);
    if (counts === undefined) return;
    const { version, rows, refused, from, to } = counts;
    const manifest = await find(model, version);
    const { verdict, inputs, outputs } = judge(manifest?.training, counts);
    const columns = [...inputs, ...outputs].flatMap((each) =>
      each.verdict === 'drift' ? [each.name] : [],
    );
    // An alarm counts on it, whatever the log's level.
    writeLine('info', 'drift', {
      model,
      model_version: version,
      rows,
      refused,
      verdict,
      drifting: columns.length,
      columns: columns.join(' ') || undefined,
    });
    if (verdict !== 'drift' && verdict !== 'no drift') return;
    const since = await verdicts.keep(model, version, verdict, clock());
    if (since === undefined) return;
    const id = `${model} ${version} ${new Date(since).toISOString()}`;
    await tell({ id, model, version, columns, from, to, rows });
    await verdicts.markTold(model, since);
  }

  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const now = clock();
    const hours = hoursOf(event, now);
    const since = hourOf(now - (judgedHours - 1) * hourMs).from;
    const totals: Totals = { windows: 0, rows: 0, refused: 0, strange: 0 };
    const failed: { readonly model: string; readonly error: unknown }[] = [];
    for (const [model, group] of logs) {
      try {
        await countModel(model, group, hours, totals);
        await judgeModel(model, since);
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
