import { randomUUID } from 'node:crypto';
import {
  type Clock,
  compile,
  type ExecutionResult,
  type MapRunRequest,
  type StateMachine,
  StatesError,
} from '@chorus/asl';
import { executionArn } from '@chorus/emulator-aws';
import { standardExecutionArn } from '../check-arn.ts';
import type { Executions } from '../standard/executions.ts';
import { endOf, startedEvent } from '../standard/history-events.ts';
import type {
  ChildRecord,
  ChildStatus,
  MapRunLimits,
  MapRunRecord,
} from '../store/map-run-records.ts';
import type { MapRunStore } from '../store/map-runs.ts';
import type { CallService } from '../tasks/service-callers.ts';
import { readChildren } from './read-children.ts';

/** Most children of a Map Run that run at once here; on AWS 10,000. */
const mostAtOnce = 40;

/** An Express child as it is started. */
interface ExpressChild {
  readonly machine: StateMachine;
  readonly input: unknown;
  readonly name: string;
  readonly arn: string;
  readonly signal: AbortSignal;
}

export interface ChildServices {
  readonly store: MapRunStore;
  readonly clock: Clock;
  readonly s3: CallService | undefined;
  readonly executions: Pick<
    Executions,
    'find' | 'beginChild' | 'redrive' | 'ended' | 'stop' | 'isClosed'
  >;
  runExpress(child: ExpressChild): Promise<ExecutionResult>;
}

/** Thrown at work that must not go on, because the Map Run is over. */
class OverError extends Error {
  override readonly name = 'OverError';
}

/** A Map Run that this process works on. */
export interface LiveRun {
  /** Goes by other limits from now on. */
  limit(limits: MapRunLimits): void;
  /** Resolves when every child has ended; rejects with the Map Run's error, or the signal's reason, once none runs any more. */
  readonly ended: Promise<void>;
}

const failed: readonly ChildStatus[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

const exceeded = (): StatesError =>
  new StatesError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );

/** Reads the items of a Map Run and runs its children, from where an earlier process got to. */
export function runChildren(
  services: ChildServices,
  run: MapRunRecord,
  request: MapRunRequest,
): LiveRun {
  const { store, clock, executions } = services;
  const over = new AbortController();
  const running = new Set<Promise<void>>();
  let limits: MapRunLimits = run;
  let isRead = run.reading.isDone;
  let failure: { readonly thrown: unknown } | undefined;
  const counts = store.counts(run.id);
  let total = counts.reduce((sum, { items }) => sum + items, 0);
  let failedItems = counts
    .filter(({ status }) => failed.includes(status))
    .reduce((sum, { items }) => sum + items, 0);

  const { name: machineName, type, definition } = request.processor;
  const machine = compile(definition, { name: machineName, type, checkStructure: false });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();

  function fail(thrown: unknown): void {
    if (failure) return;
    failure = { thrown };
    over.abort(new OverError('The Map Run is over.'));
    Promise.allSettled(running).then(() => reject(thrown));
  }

  function isExceeded(): boolean {
    const { toleratedCount, toleratedPercentage } = limits;
    if (failedItems === 0) return false;
    if (toleratedCount === undefined && toleratedPercentage === undefined) return true;
    if (toleratedCount !== undefined && failedItems > toleratedCount) return true;
    // Of how many, is known when all of them have been read.
    if (toleratedPercentage === undefined || !isRead) return false;
    return (failedItems / total) * 100 > toleratedPercentage;
  }

  async function runStandard({ arn, status }: ChildRecord): Promise<ChildStatus> {
    if (status === 'PENDING_REDRIVE') await executions.redrive(arn);
    else executions.beginChild(arn);
    try {
      return (await executions.ended(arn, over.signal)).status;
    } catch (reason) {
      if (!executions.isClosed) await executions.stop(arn);
      throw reason;
    }
  }

  async function runExpress({ id, arn, name, input }: ChildRecord): Promise<ChildStatus> {
    const { signal } = over;
    const end = endOf(
      await services.runExpress({ machine, input: JSON.parse(input), name, arn, signal }),
    );
    // A child that the end of the process aborts has not ended: the next one runs it again.
    if (!executions.isClosed) store.endChild(id, end, clock.now());
    return end.status;
  }

  function begin(child: ChildRecord): void {
    const work = (run.isExpress ? runExpress(child) : runStandard(child)).then((status) => {
      if (failed.includes(status)) failedItems += child.items;
    });
    const settled = work
      .catch(fail)
      .finally(() => running.delete(settled))
      .then(advance);
    running.add(settled);
  }

  function limit(): number {
    return Math.min(limits.maxConcurrency || mostAtOnce, mostAtOnce);
  }

  function advance(): void {
    if (failure || executions.isClosed) return;
    if (isExceeded()) fail(exceeded());
    while (!failure && running.size < limit()) {
      const child = store.beginNext(run.id, clock.now(), ({ input }) => ({
        ...startedEvent(input),
        id: 1,
        previousEventId: 0,
      }));
      if (child === undefined) break;
      begin(child);
    }
    if (!failure && isRead && running.size === 0) resolve();
  }

  async function read(): Promise<void> {
    await readChildren(services.s3, request, run.reading, over.signal, (children, reading) => {
      const named = children.map((child) => {
        const name = randomUUID();
        const arn = run.isExpress
          ? executionArn(run.machine, name, randomUUID())
          : standardExecutionArn(run.machine, name);
        return { ...child, name, arn };
      });
      store.addChildren(run.id, named, reading);
      total += children.reduce((sum, { items }) => sum + items, 0);
      isRead = reading.isDone;
      advance();
    });
  }

  const onAbort = (): void => fail(request.signal.reason);
  if (request.signal.aborted) onAbort();
  else request.signal.addEventListener('abort', onAbort, { once: true });
  ended.catch(() => undefined).then(() => request.signal.removeEventListener('abort', onAbort));

  for (const child of store.resume(run.id)) begin(child);
  if (!isRead) read().catch(fail);
  advance();
  return {
    ended,
    limit(next) {
      limits = next;
      advance();
    },
  };
}
