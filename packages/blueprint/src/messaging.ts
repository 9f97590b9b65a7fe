/** What is sent and started without a caller that waits: queues, topics, buses of events, schedules. */

import type { Link } from './links/link.ts';

/** A function that SQS's event source mapping gives a queue's messages to. */
export interface ConsumerSpec {
  readonly function: string;
  /** Most messages of one event: 10 of a FIFO queue, 10,000 of another. @default 10 */
  readonly batchSize?: number;
  /** How long messages are gathered for one event; more than 10 of them need at least 1. @default 0 */
  readonly windowSeconds?: number;
  /** Most events at once, 2 to 1,000. @default no bound but the function's own */
  readonly concurrency?: number;
  /**
   * When the function takes what is there: `rate(1 minute)`. On AWS it is then started by a schedule with `takeEvent`, and nothing
   * asks the queue in between, which costs $0.26 a month: for a queue that is nearly always empty. The function needs the link to
   * receive from the queue. The local cloud hands messages over at once. @default as soon as they are there
   */
  readonly every?: string;
  /** What the function may use for these messages, beside its own links. @default nothing */
  readonly links?: readonly Link[];
}

/**
 * A queue of SQS. Its consumer answers which messages failed (`batchItemFailures`); those are received again after
 * `visibilitySeconds`.
 */
export interface QueueSpec {
  readonly name: string;
  readonly purpose: string;
  /** Messages of one group are in order, and one that is sent twice within five minutes is one. @default false */
  readonly fifo?: boolean;
  /** How long a message that was received is hidden. AWS advises six times its consumer's time-out. @default 30 */
  readonly visibilitySeconds?: number;
  /** How long a message is kept. @default 14 */
  readonly retentionDays?: number;
  /** The queue that a message goes to once it was received `receives` times without being deleted. @default none */
  readonly deadLetters?: { readonly queue: string; readonly receives: number };
  readonly consumer?: ConsumerSpec;
  /** On AWS an alarm goes off as soon as a message is in it: a queue of dead letters. @default false */
  readonly alarm?: boolean;
}

/** A topic of SNS, and the queues that get what is published to it, as it is (raw delivery). */
export interface TopicSpec {
  readonly name: string;
  readonly purpose: string;
  readonly subscriptions: readonly SubscriptionSpec[];
}

export interface SubscriptionSpec {
  readonly queue: string;
  /** Message attributes -> the texts that one of theirs has to be among. @default every message */
  readonly filter?: Readonly<Record<string, readonly string[]>>;
}

/** What an event or a moment starts: a workflow with its input, a function with its event, or a message to a queue. */
export type TargetSpec =
  | { readonly workflow: string; readonly input?: unknown }
  | { readonly function: string; readonly input?: unknown }
  | { readonly queue: string; readonly input?: unknown };

/** Where what could not be started is kept. */
export interface DeadLettersSpec {
  /**
   * The queue that gets an event, or a schedule's input, whose target was not there or could not be started in a day: the message's
   * attributes say why. It is not FIFO.
   * @default it is dropped
   */
  readonly deadLetters?: { readonly queue: string };
}

/** A bus of EventBridge, of the stage's own. */
export interface BusSpec {
  readonly name: string;
  readonly purpose: string;
  readonly rules: readonly RuleSpec[];
}

export interface RuleSpec extends DeadLettersSpec {
  readonly name: string;
  /** A pattern of events, as EventBridge has them: `{ "source": ["chorus"] }`. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Started with the event, or with its own input where it has one. */
  readonly target: TargetSpec;
}

/** A schedule of EventBridge Scheduler. */
export interface ScheduleSpec extends DeadLettersSpec {
  readonly name: string;
  readonly purpose: string;
  /** `rate(1 day)`, `cron(0 6 * * ? *)` or `at(2027-01-01T00:00:00)`. */
  readonly expression: string;
  /** @default 'UTC' */
  readonly timeZone?: string;
  readonly target: TargetSpec;
}
