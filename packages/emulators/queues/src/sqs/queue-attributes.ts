import { queueArn } from '@chorus/emulator-aws';
import { MessagingApiError } from '../errors.ts';
import { findQueue, isFifo, type Queue } from '../queue-table.ts';
import type { Store } from '../store.ts';

type Attributes = Readonly<Record<string, string>>;

/** Attributes that are whole numbers: what they are at first, and their range. */
const numbers: Readonly<Record<string, readonly [first: number, least: number, most: number]>> = {
  DelaySeconds: [0, 0, 900],
  MaximumMessageSize: [1_048_576, 1_024, 1_048_576],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  VisibilityTimeout: [30, 0, 43_200],
};

/** What a FIFO queue has besides. */
const ofFifo: Attributes = {
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

/** Returns the attributes of a queue that is made without any. */
export function firstAttributes(name: string): Attributes {
  const all = Object.entries(numbers).map(([attribute, [first]]) => [attribute, String(first)]);
  return { ...Object.fromEntries(all), ...(isFifo({ name }) && ofFifo) };
}

const refuse = (name: string, why: string): MessagingApiError =>
  new MessagingApiError(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${name}. Reason: ${why}`,
  );

function checkRedrive(store: Store, queue: string, text: string): void {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw refuse('RedrivePolicy', 'it must be JSON.');
  }
  const { deadLetterTargetArn, maxReceiveCount, ...others } = Object(policy);
  const [strange] = Object.keys(others);
  if (strange !== undefined) throw refuse('RedrivePolicy', `it has a ${strange}.`);
  const receives = Number(maxReceiveCount);
  if (!Number.isInteger(receives) || receives < 1 || receives > 1000)
    throw refuse('RedrivePolicy', 'maxReceiveCount must be between 1 and 1000.');
  const name = String(deadLetterTargetArn).replace(queueArn(''), '');
  if (findQueue(store, name) === undefined)
    throw refuse('RedrivePolicy', `there is no dead letter queue ${deadLetterTargetArn}.`);
  if (isFifo({ name }) !== isFifo({ name: queue }))
    throw refuse(
      'RedrivePolicy',
      'the dead letter queue must be of the same type: FIFO or standard.',
    );
}

/**
 * Checks attributes that a request sets.
 *
 * @param name of the queue
 * @throws {MessagingApiError} InvalidAttributeName for one that is not done, InvalidAttributeValue
 */
export function checkAttributes(
  store: Store,
  name: string,
  given: Readonly<Record<string, unknown>>,
): Attributes {
  for (const [attribute, value] of Object.entries(given)) {
    const range = numbers[attribute];
    if (typeof value !== 'string') throw refuse(attribute, 'it must be a text.');
    if (range !== undefined) {
      const [, least, most] = range;
      if (!/^\d{1,7}$/.test(value) || Number(value) < least || Number(value) > most)
        throw refuse(attribute, `Must be between ${least} and ${most}.`);
    } else if (attribute === 'RedrivePolicy') {
      if (value !== '') checkRedrive(store, name, value);
    } else if (attribute === 'ContentBasedDeduplication' && isFifo({ name })) {
      if (value !== 'true' && value !== 'false')
        throw refuse(attribute, 'it must be true or false.');
    } else if (!isFifo({ name }) || ofFifo[attribute] !== value)
      throw new MessagingApiError(
        'InvalidAttributeName',
        `The local cloud's SQS does not do the attribute ${attribute}${attribute in ofFifo ? ` ${value} for ${name}` : ''}.`,
      );
  }
  return given as Attributes;
}

/** Returns attributes with changes; an empty RedrivePolicy takes it away. */
export function changedAttributes(before: Attributes, changes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries({ ...before, ...changes }).filter(([, value]) => value !== ''),
  );
}

const counts = `SELECT
  count(*) FILTER (WHERE visible <= ?2) AS ready,
  count(*) FILTER (WHERE visible > ?2 AND receipt IS NOT NULL) AS hidden,
  count(*) FILTER (WHERE visible > ?2 AND receipt IS NULL) AS delayed
  FROM messages WHERE queue = ?1 AND sent > ?3`;

/** Returns every attribute of a queue, what it counts among them. */
export function allAttributes({ sqlite, clock }: Store, queue: Queue): Attributes {
  const now = Math.floor(clock.now());
  const oldest = now - Number(queue.attributes['MessageRetentionPeriod']) * 1000;
  const counted = sqlite.get(counts, queue.name, now, oldest);
  return {
    QueueArn: queueArn(queue.name),
    ...queue.attributes,
    ApproximateNumberOfMessages: String(counted?.['ready']),
    ApproximateNumberOfMessagesNotVisible: String(counted?.['hidden']),
    ApproximateNumberOfMessagesDelayed: String(counted?.['delayed']),
    CreatedTimestamp: String(Math.floor(queue.created / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modified / 1000)),
    SqsManagedSseEnabled: 'false',
  };
}
