import { randomUUID } from 'node:crypto';
import {
  type Clock,
  compile,
  execute,
  type Journal,
  type MapRunRequest,
  openJournal,
  type Place,
  redrivenPlaces,
  type StateMachine,
  type TaskRequest,
} from '@chorus/asl';
import { standardExecutionArn } from '../check-arn.ts';
import { StatesApiError } from '../errors.ts';
import type { ServedMachine } from '../served-machine.ts';
import type { Store } from '../store/open-store.ts';
import type { ExecutionEnd, ExecutionRecord } from '../store/records.ts';
import { endEvent, endOf, roleArn, startedEvent, stoppedEnd } from './history-events.ts';
import { whyNotRedrivable } from './redrivable.ts';
import { createTaskTokens, type TaskTokens } from './task-tokens.ts';

/** What starts an execution. */
interface Start {
  readonly machine: ServedMachine;
  /** JSON. */
  readonly input: string;
  readonly name?: string;
  readonly traceHeader?: string;
  /** The id of the task that starts it. */
  readonly parent?: string;
}

/** The Standard executions, those that run and those that have ended. */
export interface Executions {
  readonly tokens: TaskTokens;
  /**
   * Starts an execution; the same name with the same input is the execution that runs already.
   *
   * @throws {StatesApiError} ExecutionAlreadyExists
   */
  start(start: Start): Promise<ExecutionRecord>;
  /** @throws {StatesApiError} ExecutionDoesNotExist */
  find(arn: string): ExecutionRecord;
  /** Aborts an execution that runs, and returns it as it is then. @throws {StatesApiError} ExecutionDoesNotExist */
  stop(arn: string, error?: string, cause?: string): Promise<ExecutionRecord>;
  /** @throws {StatesApiError} ExecutionDoesNotExist, ExecutionNotRedrivable */
  redrive(arn: string, token?: string): Promise<ExecutionRecord>;
  /** Works on a child of a distributed Map, which the store has running already. */
  beginChild(arn: string): void;
  /** Returns why an execution cannot be redriven, in AWS's words, or nothing if it can. */
  whyNotRedrivable(record: ExecutionRecord): string | undefined;
  /** Resolves with an execution once it has ended. */
  ended(arn: string, signal: AbortSignal): Promise<ExecutionRecord>;
  /** Goes on with every execution that an earlier process did not end. */
  resume(): void;
  /** Stops working on executions, which the next process goes on with. */
  close(): void;
  readonly isClosed: boolean;
}

export interface ExecutionsOptions {
  readonly store: Store;
  readonly clock: Clock;
  runTask(task: TaskRequest): Promise<unknown>;
  runMap(request: MapRunRequest): Promise<unknown>;
}

/** An execution that this process works on. */
interface Running {
  readonly record: ExecutionRecord;
  readonly journal: Journal & { readonly events: number };
  readonly stop: AbortController;
}

/** Thrown at an execution that must not go on: it was stopped, or the local cloud is closing. */
class OverError extends Error {
  override readonly name = 'OverError';
}

const noExecution = (arn: string): StatesApiError =>
  new StatesApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);

export function createExecutions({ store, clock, runTask, runMap }: ExecutionsOptions): Executions {
  const running = new Map<string, Running>();
  const waiters = new Map<string, Set<() => void>>();
  const compiled = new Map<string, StateMachine>();
  let isClosed = false;

  const tokens = createTaskTokens(store, ({ id, arn }, path): Place | undefined => {
    const live = running.get(arn);
    return live ? live.journal.place(path) : store.places(id).get(path);
  });

  /** Compiles what the execution was started with, whatever the machine is now. */
  function machineOf({ machine: name, definition }: ExecutionRecord): StateMachine {
    const known = compiled.get(definition);
    if (known?.name === name) return known;
    const options = { name, type: 'STANDARD', checkStructure: false } as const;
    const machine = compile(JSON.parse(definition), options);
    compiled.set(definition, machine);
    return machine;
  }

  function find(arn: string): ExecutionRecord {
    const record = store.find(arn);
    if (record === undefined) throw noExecution(arn);
    return record;
  }

  /** Keeps the end of an execution, and tells those who wait for it. */
  function end({ record, journal, stop }: Running, how: ExecutionEnd): void {
    const { status } = how;
    // AWS has nothing lead to an end from outside (recorded).
    const isOwn = status === 'SUCCEEDED' || status === 'FAILED';
    const previousEventId = isOwn ? (journal.place('')?.previous ?? 0) : 0;
    const last = { ...endEvent(how), id: journal.events + 1, previousEventId };
    store.end(record.id, how, last, clock.now());
    running.delete(record.arn);
    stop.abort(new OverError(status));
    for (const wake of waiters.get(record.arn) ?? []) wake();
    waiters.delete(record.arn);
  }

  async function work(run: Running): Promise<void> {
    const { record, journal, stop } = run;
    const { started, redriven = started, redrives } = record;
    const machine = machineOf(record);
    const { timeoutSeconds } = machine;
    const result = await execute(machine, JSON.parse(record.input), {
      executionName: record.name,
      executionArn: record.arn,
      stateMachineArn: record.arn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, ''),
      roleArn,
      startTime: new Date(started),
      clock,
      journal,
      signal: stop.signal,
      ...(timeoutSeconds !== undefined && { timeoutAt: redriven + timeoutSeconds * 1000 }),
      ...(redrives > 0 && { redrive: { count: redrives, time: new Date(redriven) } }),
      newToken: (path) => tokens.make(record.id, path),
      runTask,
      runMap,
    });
    if (running.get(record.arn) === run && !isClosed) end(run, endOf(result));
  }

  /** Has this process be the one that works on an execution. */
  function open(record: ExecutionRecord): Running {
    const stop = new AbortController();
    const journal = openJournal(
      { places: store.places(record.id), events: store.eventCount(record.id) },
      (kept) => {
        if (isClosed || running.get(record.arn) !== run) throw new OverError('It is over.');
        store.keep(record.id, kept, clock.now());
      },
    );
    const run: Running = { record, journal, stop };
    running.set(record.arn, run);
    return run;
  }

  function begin(record: ExecutionRecord): void {
    const run = open(record);
    work(run).catch((fault: unknown) => {
      if (fault instanceof OverError || isClosed || running.get(record.arn) !== run) return;
      // It stays as far as it got, and the next start goes on with it.
      running.delete(record.arn);
      console.error(`The execution ${record.arn} cannot go on before the next start:`, fault);
    });
  }

  const notRedrivable = (record: ExecutionRecord): string | undefined =>
    whyNotRedrivable(record, store.eventCount(record.id), clock.now());

  return {
    tokens,
    find,
    whyNotRedrivable: notRedrivable,
    get isClosed() {
      return isClosed;
    },
    async start({ machine, input, name = randomUUID(), traceHeader, parent }) {
      const arn = standardExecutionArn(machine.name, name);
      const there = store.find(arn);
      if (there) {
        const isOurs = parent !== undefined && there.parent === parent;
        if (isOurs || (there.status === 'RUNNING' && there.input === input)) return there;
        throw new StatesApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      const { definition } = machine;
      const started = clock.now();
      const first = { ...startedEvent(input), id: 1, previousEventId: 0 };
      const record = store.add(
        {
          arn,
          machine: machine.name,
          name,
          input,
          definition,
          started,
          ...(traceHeader !== undefined && { traceHeader }),
          ...(parent !== undefined && { parent }),
        },
        first,
      );
      compiled.set(definition, machine.machine);
      begin(record);
      await store.settled();
      return record;
    },
    async stop(arn, error, cause) {
      const record = find(arn);
      if (record.status !== 'RUNNING') return record;
      end(running.get(arn) ?? open(record), stoppedEnd(error, cause));
      await store.settled();
      return find(arn);
    },
    async redrive(arn, token) {
      const record = find(arn);
      if (token !== undefined && record.redriveToken === token) return record;
      const events = store.eventCount(record.id);
      const why = notRedrivable(record);
      if (why !== undefined) throw new StatesApiError('ExecutionNotRedrivable', why);
      const redriveCount = record.redrives + 1;
      const event = {
        type: 'ExecutionRedriven',
        id: events + 1,
        previousEventId: events,
        executionRedrivenEventDetails: { redriveCount },
      };
      const places = redrivenPlaces(store.places(record.id), event.id);
      store.redrive(record.id, event, clock.now(), places, token);
      begin(find(arn));
      await store.settled();
      return find(arn);
    },
    beginChild(arn) {
      if (!running.has(arn)) begin(find(arn));
    },
    async ended(arn, signal) {
      for (;;) {
        const record = find(arn);
        if (record.status !== 'RUNNING') return record;
        await new Promise<void>((resolve, reject) => {
          if (signal.aborted) return reject(signal.reason);
          const all = waiters.get(arn) ?? new Set();
          const onAbort = () => {
            all.delete(wake);
            reject(signal.reason);
          };
          const wake = () => {
            signal.removeEventListener('abort', onAbort);
            resolve();
          };
          waiters.set(arn, all.add(wake));
          signal.addEventListener('abort', onAbort, { once: true });
        });
      }
    },
    resume() {
      for (const record of store.running()) if (!running.has(record.arn)) begin(record);
    },
    close() {
      isClosed = true;
      for (const { stop } of running.values()) stop.abort(new OverError('The cloud closes.'));
      running.clear();
    },
  };
}
