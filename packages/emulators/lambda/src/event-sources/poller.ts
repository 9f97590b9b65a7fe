import type { Clock } from '@chorus/asl';
import { LambdaError } from '../errors.ts';
import type { EventQueues, EventSource, QueueMessage } from './event-source.ts';
import { failedMessages } from './failed-messages.ts';
import { type Batch, batchesOf } from './sqs-event.ts';

/** What a poller asks of Lambda. */
export interface Invoker {
  /** Runs an event of a function. @throws {LambdaError} TooManyRequestsException */
  invoke(event: {
    readonly functionName: string;
    readonly qualifier: string;
    readonly payload: Uint8Array;
  }): Promise<{ readonly payload: Uint8Array; readonly functionError?: string | undefined }>;
  /** How many events of a function may run at once. */
  concurrencyOf(functionName: string): number;
}

export interface Poller {
  /** What became of the last event, in AWS's words. */
  readonly lastResult: string;
  /** Receives no more, gives back what is not at work yet, and resolves when the events at work are answered. */
  stop(): Promise<void>;
}

export interface PollerOptions {
  readonly queues: EventQueues;
  readonly lambda: Invoker;
  readonly clock: Clock;
  /** Called with a line about what keeps messages from the function. */
  report(line: string): void;
}

/** Bytes of one event: Lambda's limit of a synchronous one. */
const mostEventBytes = 6_291_556;

/** How long one wait for messages takes; the next begins right after. */
const pollMs = 20_000;

/** The pauses before a throttled event is tried again, in milliseconds. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * Gives a queue's messages to a function until it is stopped, as Lambda's pollers do. What the function has done is deleted; the
 * rest comes back when its visibility timeout ends. While the function is throttled, fewer events are sent at once.
 */
export function startPoller(source: EventSource, options: PollerOptions): Poller {
  const { queue, functionName, qualifier, batchSize, windowSeconds, visibilitySeconds } = source;
  const { queues, lambda, clock, report } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let lastResult = 'No records processed';
  let running = 0;
  /** Lower than the most for a while after the function was throttled. */
  let allowed = Number.POSITIVE_INFINITY;
  let slotFreed: (() => void) | undefined;

  const most = (): number =>
    Math.max(
      1,
      Math.min(
        allowed,
        lambda.concurrencyOf(functionName),
        source.concurrency ?? Number.POSITIVE_INFINITY,
      ),
    );

  async function freeSlot(): Promise<void> {
    while (running >= most())
      await new Promise<void>((resolve) => {
        slotFreed = resolve;
      });
  }

  function problem(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    lastResult = `PROBLEM: ${message}`;
    report(`${what} the queue ${queue} of ${functionName}: ${message}`);
  }

  const handlesOf = (messages: readonly QueueMessage[]): readonly string[] =>
    messages.map(({ receiptHandle }) => receiptHandle);

  /** Gathers messages until the batch is full or the window ends. */
  async function gather(): Promise<readonly QueueMessage[]> {
    const first = { most: batchSize, waitMs: pollMs };
    const messages = [...(await queues.receive(queue, first, signal))];
    const until = clock.now() + windowSeconds * 1000;
    while (messages.length > 0 && messages.length < batchSize && !signal.aborted) {
      const waitMs = until - clock.now();
      if (waitMs <= 0) break;
      const more = { most: batchSize - messages.length, waitMs };
      try {
        messages.push(...(await queues.receive(queue, more, signal)));
      } catch (error) {
        // What is gathered already is given back by the caller.
        if (!signal.aborted) throw error;
      }
    }
    return messages;
  }

  /** Invokes the function; while it is throttled, again for as long as its messages are hidden. */
  async function invoke(payload: Uint8Array, until: number): ReturnType<Invoker['invoke']> {
    for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      try {
        const result = await lambda.invoke({ functionName, qualifier, payload });
        allowed += 1;
        return result;
      } catch (error) {
        const isThrottled =
          error instanceof LambdaError && error.name === 'TooManyRequestsException';
        if (!isThrottled || clock.now() + pause >= until) throw error;
        allowed = Math.max(1, Math.min(allowed, running) - 1);
        await clock.sleep(pause, signal);
      }
    }
  }

  async function work({ messages, payload }: Batch, hiddenUntil: number): Promise<void> {
    try {
      const answer = await invoke(payload, hiddenUntil);
      const failed =
        answer.functionError === undefined ? failedMessages(messages, answer.payload) : messages;
      const failedIds = new Set(failed.map(({ messageId }) => messageId));
      queues.remove(
        queue,
        handlesOf(messages.filter(({ messageId }) => !failedIds.has(messageId))),
      );
      lastResult = failed.length === 0 ? 'OK' : 'PROBLEM: Function call failed';
      // What failed because the local cloud stops need not wait for its time.
      if (signal.aborted) queues.giveBack(queue, handlesOf(failed), 0);
    } catch (error) {
      if (!signal.aborted) throw error;
      queues.giveBack(queue, handlesOf(messages), 0);
    }
  }

  async function dispatch(batch: Batch, hiddenUntil: number): Promise<void> {
    await freeSlot();
    if (signal.aborted) return queues.giveBack(queue, handlesOf(batch.messages), 0);
    running += 1;
    void work(batch, hiddenUntil)
      .catch((error: unknown) => problem(`${batch.messages.length} messages stay in`, error))
      .finally(() => {
        running -= 1;
        slotFreed?.();
      });
  }

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      await freeSlot();
      try {
        const messages = await gather();
        const hiddenUntil = clock.now() + (visibilitySeconds - windowSeconds) * 1000;
        for (const batch of batchesOf(queue, messages, mostEventBytes))
          await dispatch(batch, hiddenUntil);
      } catch (error) {
        if (signal.aborted) return;
        problem('There is no reading of', error);
        // Whatever it is, the next look is not at once.
        await clock.sleep(longestPauseMs, signal).catch(() => {});
      }
    }
  }

  const polled = poll();
  return {
    get lastResult() {
      return lastResult;
    },
    async stop() {
      stopping.abort(new Error('the local cloud is stopping'));
      slotFreed?.();
      await polled;
      while (running > 0)
        await new Promise<void>((resolve) => {
          slotFreed = resolve;
        });
    },
  };
}
