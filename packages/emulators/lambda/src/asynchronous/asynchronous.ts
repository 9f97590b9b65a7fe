import { existsSync } from 'node:fs';
import type { Clock } from '@chorus/asl';
import { LambdaError } from '../errors.ts';
import { type EventStore, eventsFile, openEvents, type StoredEvent } from './event-store.ts';
import { failureRecord, type Outcome } from './failure-record.ts';

/** What becomes of a function's asynchronous events. */
export interface AsynchronousSettings {
  /** How often an event that failed is tried again: after a minute, and after two. @default 2 */
  readonly retries?: number | undefined;
  /** Events that are older are not tried again. @default 21600 */
  readonly maxAgeSeconds?: number | undefined;
  /** Physical name of the queue that gets what failed for good. @default none */
  readonly onFailure?: string | undefined;
}

/** An event that is sent without waiting for its answer. */
interface AsynchronousEvent {
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly payload: Uint8Array;
}

export interface AsynchronousOptions {
  /** Folder of the file of events. */
  readonly directory: string;
  readonly clock: Clock;
  invoke(event: AsynchronousEvent): Promise<Outcome>;
  settingsOf(functionName: string): AsynchronousSettings;
  /** Sends a message to a queue. */
  send(queue: string, body: string): void;
  report(line: string): void;
}

export interface Asynchronous {
  /** Takes an event: it is on disk when this returns. */
  accept(event: AsynchronousEvent): void;
  /** Begins with the events that wait. */
  resume(): void;
  /** Begins none any more, and resolves when those at work are answered. Others are still taken, for the next start. */
  stop(): Promise<void>;
  /** Closes the file. */
  close(): void;
}

/** Events of all functions that run at once; a function that is throttled gets its again later. */
const mostAtWork = 100;

const longestPauseMs = 5 * 60_000;

/** How long an event waits after the function was throttled so often: a second, and twice as long each time. */
const pauseAfter = (throttles: number): number =>
  Math.min(1000 * 2 ** (throttles - 1), longestPauseMs);

/** Opens nothing before there is an event: who sends none pays nothing, but for a look whether an earlier start left some. */
export function createAsynchronous(options: AsynchronousOptions): Asynchronous {
  const { clock, settingsOf, report } = options;
  const stopping = new AbortController();
  const atWork = new Set<number>();
  let opened: EventStore | undefined;
  let wake: (() => void) | undefined;
  let isResumed = false;
  let isClosed = false;
  let stopped: Promise<void> | undefined;
  let ran: Promise<void> | undefined;

  function store(): EventStore {
    if (isClosed) throw new Error('Lambda is closed');
    opened ??= openEvents(options.directory);
    return opened;
  }

  function giveUp(
    event: StoredEvent,
    condition: 'RetriesExhausted' | 'EventAgeExceeded',
    outcome?: Outcome,
  ): void {
    const { onFailure } = settingsOf(event.functionName);
    if (onFailure === undefined)
      report(
        `An asynchronous event of ${event.functionName} is dropped (${condition}, request ${event.requestId}).`,
      );
    else
      options.send(
        onFailure,
        JSON.stringify(failureRecord(event, condition, outcome, clock.now())),
      );
    opened?.remove(event.id);
  }

  function hasFailed(event: StoredEvent, outcome: Outcome): void {
    const { retries = 2, maxAgeSeconds = 21_600 } = settingsOf(event.functionName);
    const failed = { ...event, failures: event.failures + 1 };
    const due = Math.floor(clock.now()) + failed.failures * 60_000;
    if (failed.failures > retries) giveUp(failed, 'RetriesExhausted', outcome);
    else if (due > event.sent + maxAgeSeconds * 1000) giveUp(failed, 'EventAgeExceeded', outcome);
    else opened?.postpone(event.id, { failures: failed.failures, throttles: 0, due });
  }

  function wasThrottled(event: StoredEvent): void {
    const { maxAgeSeconds = 21_600 } = settingsOf(event.functionName);
    const throttles = event.throttles + 1;
    const due = Math.floor(clock.now()) + pauseAfter(throttles);
    if (due > event.sent + maxAgeSeconds * 1000) giveUp(event, 'EventAgeExceeded');
    else opened?.postpone(event.id, { failures: event.failures, throttles, due });
  }

  async function work(event: StoredEvent): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await options.invoke(event);
    } catch (error) {
      // What was going on when the local cloud stops is done at the next start.
      if (stopping.signal.aborted) return;
      if (!(error instanceof LambdaError)) throw error;
      if (error.status === 429) return wasThrottled(event);
      // The function, or its version, is gone.
      report(`An asynchronous event of ${event.functionName} is dropped: ${error.message}`);
      opened?.remove(event.id);
      return;
    }
    if (outcome.functionError === undefined) opened?.remove(event.id);
    else if (!stopping.signal.aborted) hasFailed(event, outcome);
  }

  function begin(event: StoredEvent): void {
    atWork.add(event.id);
    void work(event)
      .catch((error: unknown) => {
        report(`An asynchronous event of ${event.functionName} is tried again: ${error}`);
        opened?.postpone(event.id, { ...event, due: Math.floor(clock.now()) + longestPauseMs });
      })
      .catch((error: unknown) => report(`An event waits for the next start: ${error}`))
      .finally(() => {
        atWork.delete(event.id);
        wake?.();
      });
  }

  /** Begins with the events whose turn it is. @returns milliseconds until the next one's, unless something happens before */
  function beginDue(): number {
    try {
      const free = mostAtWork - atWork.size;
      const now = clock.now();
      for (const event of free > 0 ? store().due(now, atWork, free) : []) begin(event);
      const next = atWork.size < mostAtWork ? store().next(atWork) : undefined;
      return next === undefined ? longestPauseMs : Math.max(next - now, 1);
    } catch (error) {
      report(`Asynchronous events wait: ${error}`);
      return 10_000;
    }
  }

  async function run(): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      const ms = beginDue();
      const woken = new AbortController();
      wake = () => woken.abort();
      const either = AbortSignal.any([signal, woken.signal]);
      await clock.sleep(ms, either).catch(() => {});
    }
  }

  function start(): void {
    if (ran !== undefined) wake?.();
    else if (isResumed) ran = run();
  }

  async function stop(): Promise<void> {
    stopping.abort(new Error('the local cloud is stopping'));
    await ran;
    while (atWork.size > 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }

  return {
    accept({ requestId, functionName, qualifier, payload }) {
      const sent = Math.floor(clock.now());
      store().add({ requestId, functionName, qualifier, payload, sent });
      start();
    },
    resume() {
      isResumed = true;
      if (existsSync(eventsFile(options.directory))) start();
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
    close() {
      isClosed = true;
      opened?.close();
    },
  };
}
