import { task } from '../functions.ts';
import { bus } from '../links/bus.ts';
import { modelLogs } from '../links/model-logs.ts';
import { table } from '../links/table.ts';
import type { BusSpec, RuleSpec, ScheduleSpec } from '../messaging.ts';
import type { FunctionSpec, TableSpec } from '../types.ts';
import { driftBus } from './drift-event.ts';

/** The table of what models were asked and answered, in counts. */
export const driftTable = 'drift-counts';

/** The function that counts. */
export const countDriftName = 'count-drift';

/** What watches over the drift of models is made of. */
export interface DriftWatch {
  readonly functions: readonly FunctionSpec[];
  readonly tables: readonly TableSpec[];
  readonly schedules: readonly ScheduleSpec[];
  /** The bus that has an event of each model that begins to drift. */
  readonly buses: readonly BusSpec[];
}

/**
 * Returns all that is needed to watch over the drift of every model: a function that sums what the models' log lines count, hour by hour and version by
 * version, a table that keeps the sums, and a schedule. An hour that is counted twice is written twice, and is the same. A model that begins to drift is an event on
 * the bus `drift`.
 *
 * @param rules what such an event starts: the `driftRules` of pipelines; default: nothing
 */
export function watchDrift(rules: readonly RuleSpec[] = []): DriftWatch {
  const countDrift = task(countDriftName, {
    // Some megabytes of lines of each model.
    timeoutSeconds: 300,
    memoryMb: 256,
    // A run that takes long is not overtaken.
    concurrency: 2,
    links: [modelLogs(), table(driftTable, { access: 'read-write' }), bus(driftBus)],
  });
  return {
    functions: [countDrift],
    tables: [
      {
        name: driftTable,
        purpose:
          'how often each bin of each column came up, by model, hour and version; and the last verdict on each model',
        key: { name: 'model', type: 'S' },
        sort: { name: 'window', type: 'S' },
        ttl: 'expiresAt',
      },
    ],
    buses: [{ name: driftBus, purpose: 'models that begin to drift, without a value', rules }],
    schedules: [
      {
        name: countDriftName,
        purpose: 'counts the inputs and outputs of models, to tell when they drift',
        // Seven minutes after the hour, the lines of the hour before are there.
        expression: 'cron(7/15 * * * ? *)',
        target: { function: countDriftName },
      },
    ],
  };
}
