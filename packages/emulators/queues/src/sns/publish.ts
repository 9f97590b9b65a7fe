import { randomUUID } from 'node:crypto';
import { MessagingApiError } from '../errors.ts';
import { defined, type Json } from '../json.ts';
import {
  hasStrangeCharacter,
  type MessageAttributes,
  messageAttributes,
  sizeOfAttributes,
} from '../message-attributes.ts';
import { send } from '../messages.ts';
import type { Kind, Parameters } from '../parameters.ts';
import { findQueue } from '../queue-table.ts';
import type { Store } from '../store.ts';
import { type Filter, filterOf } from './filter-policy.ts';
import { type Subscription, subscriptionsOf } from './topic-table.ts';

/** The parameters of a message that is published, alone or in a batch. */
export const publishParameters: Readonly<Record<string, Kind>> = {
  Message: 'text',
  Subject: 'text',
  MessageAttributes: 'map',
};

/** Bytes of a message and its attributes. */
export const mostBytes = 262_144;

interface Published {
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  readonly bytes: number;
}

const refuse = (why: string): MessagingApiError =>
  new MessagingApiError('InvalidParameter', `Invalid parameter: ${why}`);

/** @throws {MessagingApiError} if it cannot be published */
export function published(parameters: Parameters): Published {
  const message = parameters.text('Message') ?? '';
  if (message === '') throw refuse('Empty message');
  if (hasStrangeCharacter(message)) throw refuse('Message has characters that are not allowed');
  const subject = parameters.text('Subject');
  if (subject !== undefined && !/^[ -~]{1,100}$/.test(subject)) throw refuse('Subject');
  const attributes = messageAttributes(parameters.map('MessageAttributes'));
  const bytes = Buffer.byteLength(message) + sizeOfAttributes(attributes);
  if (bytes > mostBytes) throw refuse('Message too long');
  return { message, subject, attributes, bytes };
}

/** The envelope of messages that are not delivered raw; the local cloud signs nothing. */
function envelope(
  { message, subject, attributes }: Published,
  subscription: Subscription,
  messageId: string,
  now: number,
): string {
  const shown = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue },
  ]);
  return JSON.stringify(
    defined({
      Type: 'Notification',
      MessageId: messageId,
      TopicArn: subscription.topic,
      Subject: subject,
      Message: message,
      Timestamp: new Date(now).toISOString(),
      MessageAttributes: shown.length > 0 ? Object.fromEntries(shown) : undefined,
    }),
  );
}

/** Filters by their policies: a policy is read once. */
const filters = new Map<string, Filter>();

function isWanted(
  { attributes: { FilterPolicy: policy } }: Subscription,
  { attributes }: Published,
): boolean {
  if (policy === undefined) return true;
  const filter = filters.get(policy) ?? filterOf(policy);
  filters.set(policy, filter);
  return filter(attributes);
}

/** Puts a message into every queue that is subscribed and lets it through; all of them, or none. @returns its id */
export function publish(store: Store, topic: string, published: Published): Json {
  const messageId = randomUUID();
  const now = Math.floor(store.clock.now());
  const wanted = subscriptionsOf(store, topic).filter((each) => isWanted(each, published));
  store.sqlite.atomically(() => {
    for (const subscription of wanted) {
      const queue = findQueue(store, subscription.queue);
      // As on AWS, what is for a queue that has been deleted is gone.
      if (queue === undefined) continue;
      const isRaw = subscription.attributes['RawMessageDelivery'] === 'true';
      send(store, queue, {
        body: isRaw ? published.message : envelope(published, subscription, messageId, now),
        attributes: isRaw ? published.attributes : undefined,
      });
    }
  });
  for (const { queue } of wanted) store.wake(queue);
  return { MessageId: messageId };
}
