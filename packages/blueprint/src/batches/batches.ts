import { BlueprintError } from '../errors.ts';
import type { ScheduleSpec } from '../messaging.ts';
import { isExpress } from '../serve-workflows.ts';
import type { BucketSpec, MachineSpec, WorkflowSpec } from '../types.ts';
import { batchMachine } from './batch-machine.ts';
import { batchesBucket, batchMachineName } from './names.ts';

/** A file of rows that a workflow is asked about again and again: what it holds when its time comes. */
export interface BatchSchedule
  extends Pick<ScheduleSpec, 'expression' | 'timeZone' | 'deadLetters'>,
    Partial<Pick<ScheduleSpec, 'name'>> {
  readonly workflow: string;
  /** The key of a CSV in the bucket of batches. */
  readonly key: string;
  /** The answers go below it, in a folder of their own each time. @default the schedule's name */
  readonly prefix?: string;
  /** How many percent of the rows may fail. @default 0 */
  readonly tolerated?: number;
  /** How many batches are asked at once. @default 4 */
  readonly concurrency?: number;
}

/** What asking workflows about the rows of a file is made of. */
export interface Batches {
  readonly machines: readonly MachineSpec[];
  readonly buckets: readonly BucketSpec[];
  readonly schedules: readonly ScheduleSpec[];
}

/** Returns a schedule that starts the state machine of a workflow's batches. @throws {BlueprintError} */
function scheduleOf(schedule: BatchSchedule, machines: readonly MachineSpec[]): ScheduleSpec {
  const { workflow, key, expression, timeZone, deadLetters } = schedule;
  const { tolerated = 0, concurrency = 4 } = schedule;
  const name = schedule.name ?? batchMachineName(workflow);
  const able = machines.flatMap(({ of }) => of ?? []);
  if (!able.includes(workflow))
    throw new BlueprintError(
      `schedule ${name}: ${workflow} takes no rows of a file; ${able.join(', ') || 'no workflow'} does`,
    );
  if (!(tolerated >= 0 && tolerated <= 100))
    throw new BlueprintError(`schedule ${name}: tolerated is 0 to 100 percent, got ${tolerated}`);
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 1000))
    throw new BlueprintError(`schedule ${name}: concurrency is 1 to 1000, got ${concurrency}`);
  return {
    name,
    purpose: `asks ${workflow} about the rows of ${key}`,
    expression,
    ...(timeZone !== undefined && { timeZone }),
    ...(deadLetters && { deadLetters }),
    target: {
      workflow: batchMachineName(workflow),
      input: { key, prefix: schedule.prefix ?? name, concurrency, tolerated },
    },
  };
}

/**
 * Returns all that is needed to ask workflows about the rows of a file: a state machine for each that answers and is asked about
 * rows, and the bucket of their files.
 *
 * @param served the workflows that are served; those that take no rows have no part in it
 * @param options files that are asked about by themselves, each at its times
 * @throws {BlueprintError} for a schedule of a workflow that takes no rows, or with a number out of range
 */
export function batches(
  served: readonly WorkflowSpec[],
  { schedules = [] }: { readonly schedules?: readonly BatchSchedule[] } = {},
): Batches {
  const machines = served.filter(isExpress).flatMap((workflow) => {
    const { csv } = workflow.request;
    return csv === undefined ? [] : [batchMachine(workflow, csv)];
  });
  return {
    machines,
    buckets:
      machines.length === 0
        ? []
        : [
            {
              name: batchesBucket,
              purpose: 'files of rows that workflows are asked about, and their answers',
            },
          ],
    schedules: schedules.map((schedule) => scheduleOf(schedule, machines)),
  };
}
