import type { Clock } from '@chorus/asl';
import type { Json } from './json.ts';
import type { OutgoingMessage, ReceivedMessage, SentMessage } from './messages.ts';
import { send } from './messages.ts';
import { queueNamed } from './queue-table.ts';
import { hide, remove } from './receipts.ts';
import { runSns } from './sns/run-sns.ts';
import { type EnsuredTopic, ensureTopic } from './sns/subscriptions.ts';
import { type EnsuredQueue, ensureQueues } from './sqs/queue-operations.ts';
import { runSqs } from './sqs/run-sqs.ts';
import { openStore, type Store } from './store.ts';
import { receiveWaiting } from './waiting.ts';

export interface QueuesOptions {
  /** Folder of the file with all queues and topics. */
  readonly directory: string;
  /** @default the time of day */
  readonly clock?: Clock;
}

/** Queues and topics, for callers of the same process. */
export interface QueuesService {
  /** Makes queues, or gives those that are there what they are described with now; messages stay. */
  ensureQueues(queues: readonly EnsuredQueue[]): void;
  /** Makes a topic, or brings its subscriptions up to date. */
  ensureTopic(topic: EnsuredTopic): void;
  /**
   * Runs an operation of the SQS API: `SendMessage`.
   *
   * @param origin where the caller reaches SQS: queues' URLs begin with it
   * @throws {MessagingApiError} if it does not succeed
   */
  sqs(operation: string, parameters: Json, origin: string, signal: AbortSignal): Promise<Json>;
  /** Runs an operation of the SNS API: `Publish`. @throws {MessagingApiError} if it does not succeed */
  sns(operation: string, parameters: Json): Json;
  /** Sends a message to a queue by its name. @throws {MessagingApiError} QueueDoesNotExist */
  send(queue: string, message: OutgoingMessage): SentMessage;
  /**
   * Receives messages of a queue by its name, and waits for the first one.
   *
   * @param waitMs how long at most
   * @throws the signal's reason; {MessagingApiError} QueueDoesNotExist
   */
  receive(
    queue: string,
    wanted: { readonly most: number; readonly waitMs: number },
    signal: AbortSignal,
  ): Promise<readonly ReceivedMessage[]>;
  /** Deletes messages by their receipt handles, all in one write. */
  remove(queue: string, receiptHandles: readonly string[]): void;
  /** Gives messages back after so many seconds; those that are back already stay where they are. */
  giveBack(queue: string, receiptHandles: readonly string[], seconds: number): void;
}

/** Opens nothing before it is asked for: a cloud without queues pays nothing. */
export function startService({ directory, clock }: QueuesOptions): {
  readonly service: QueuesService;
  close(): Promise<void>;
} {
  let opened: Store | undefined;
  const closing = new AbortController();
  function store(): Store {
    closing.signal.throwIfAborted();
    opened ??= openStore(directory, clock);
    return opened;
  }
  const service: QueuesService = {
    ensureQueues: (queues) => ensureQueues(store(), queues),
    ensureTopic: (topic) => store().sqlite.atomically(() => ensureTopic(store(), topic)),
    async sqs(operation, parameters, origin, signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      return runSqs(operation, parameters, { store: store(), origin, signal: either });
    },
    sns: (operation, parameters) => runSns(operation, parameters, store()),
    send(queue, message) {
      const { sqlite } = store();
      const found = queueNamed(store(), queue);
      const sent = sqlite.atomically(() => send(store(), found, message));
      store().wake(queue);
      return sent;
    },
    async receive(queue, wanted, signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      return receiveWaiting(store(), queue, wanted, either);
    },
    remove(queue, receiptHandles) {
      const found = queueNamed(store(), queue);
      store().sqlite.atomically(() => {
        for (const handle of receiptHandles) remove(store(), found, handle);
      });
    },
    giveBack(queue, receiptHandles, seconds) {
      const found = queueNamed(store(), queue);
      store().sqlite.atomically(() => {
        for (const handle of receiptHandles) hide(store(), found, handle, seconds);
      });
    },
  };
  return {
    service,
    async close() {
      closing.abort(new Error('SQS and SNS are closed'));
      opened?.sqlite.close();
    },
  };
}
