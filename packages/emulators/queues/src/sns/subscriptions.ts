import { queueArn } from '@chorus/emulator-aws';
import type { Json } from '../json.ts';
import { findQueue, isFifo } from '../queue-table.ts';
import type { Store } from '../store.ts';
import { filterOf } from './filter-policy.ts';
import { notDone } from './not-done.ts';
import { invalidParameter } from './operation.ts';
import { deleteSubscription, putSubscription, putTopic, subscriptionsOf } from './topic-table.ts';

/** Checks attributes of a subscription; an empty policy is none. */
export function subscriptionAttributes(given: Json): Readonly<Record<string, string>> {
  const all = Object.entries(given).map(([name, value]): [string, string] => {
    const text = String(value);
    if (name === 'RawMessageDelivery') {
      if (text !== 'true' && text !== 'false')
        throw invalidParameter(`${name} must be true or false`);
    } else if (name === 'FilterPolicy') {
      if (text !== '') filterOf(text);
    } else if (name !== 'FilterPolicyScope' || text !== 'MessageAttributes')
      throw notDone(
        `the attribute ${name} of a subscription${name === 'FilterPolicyScope' ? ` as ${text}` : ''}`,
      );
    return [name, text];
  });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/** Returns the name of a queue that is subscribed. @throws {MessagingApiError} if it cannot be */
export function subscribedQueue(store: Store, arn: string): string {
  const name = arn.replace(queueArn(''), '');
  if (findQueue(store, name) === undefined)
    throw invalidParameter(`Endpoint: there is no queue ${arn}`);
  if (isFifo({ name }))
    throw invalidParameter('Endpoint: a FIFO queue cannot be subscribed to a standard topic');
  return name;
}

/** A topic as the local cloud describes it: it has these subscriptions and no others. */
export interface EnsuredTopic {
  readonly name: string;
  readonly subscriptions: readonly {
    readonly queue: string;
    readonly filter?: Readonly<Record<string, readonly string[]>> | undefined;
  }[];
}

/** Makes a topic, or brings the subscriptions of one that is there up to date. */
export function ensureTopic(store: Store, { name, subscriptions }: EnsuredTopic): void {
  const topic = putTopic(store, name);
  for (const { arn, queue } of subscriptionsOf(store, topic))
    if (!subscriptions.some((each) => each.queue === queue)) deleteSubscription(store, arn);
  for (const { queue, filter } of subscriptions) {
    const attributes = subscriptionAttributes({
      RawMessageDelivery: 'true',
      ...(filter !== undefined && { FilterPolicy: JSON.stringify(filter) }),
    });
    putSubscription(store, { topic, queue: subscribedQueue(store, queueArn(queue)), attributes });
  }
}
