import { accountId, queueArn } from '@chorus/emulator-aws';
import { MessagingApiError } from '../errors.ts';
import type { Json } from '../json.ts';
import { checked, type Kind, type Parameters } from '../parameters.ts';
import { findQueue, isFifo } from '../queue-table.ts';
import type { Store } from '../store.ts';
import { filterOf } from './filter-policy.ts';
import { notDone } from './not-done.ts';
import { mostBytes, publish, published, publishParameters } from './publish.ts';
import {
  deleteSubscription,
  deleteTopic,
  listTopics,
  putSubscription,
  putTopic,
  type Subscription,
  setTopicAttributes,
  subscriptionNamed,
  subscriptionsOf,
  topicAttributes,
} from './topic-table.ts';

/** An operation of the SNS API: the parameters that it honours, and what it does. */
export interface SnsOperation {
  readonly known: Readonly<Record<string, Kind>>;
  run(parameters: Parameters, store: Store): Json;
}

const refuse = (why: string): MessagingApiError =>
  new MessagingApiError('InvalidParameter', `Invalid parameter: ${why}`);

/** @throws {MessagingApiError} NotFound */
function topicOf(parameters: Parameters, store: Store): string {
  const arn = parameters.needed('TopicArn');
  topicAttributes(store, arn);
  return arn;
}

/** Checks attributes of a subscription; an empty policy is none. */
export function subscriptionAttributes(given: Json): Readonly<Record<string, string>> {
  const all = Object.entries(given).map(([name, value]): [string, string] => {
    const text = String(value);
    if (name === 'RawMessageDelivery') {
      if (text !== 'true' && text !== 'false') throw refuse(`${name} must be true or false`);
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
  if (findQueue(store, name) === undefined) throw refuse(`Endpoint: there is no queue ${arn}`);
  if (isFifo({ name }))
    throw refuse('Endpoint: a FIFO queue cannot be subscribed to a standard topic');
  return name;
}

function countedAttributes(store: Store, arn: string): Json {
  return {
    TopicArn: arn,
    Owner: accountId,
    SubscriptionsConfirmed: String(subscriptionsOf(store, arn).length),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    ...topicAttributes(store, arn),
  };
}

const shownSubscription = ({ arn, topic, queue }: Subscription): Json => ({
  SubscriptionArn: arn,
  Owner: accountId,
  Protocol: 'sqs',
  Endpoint: queueArn(queue),
  TopicArn: topic,
});

/** AWS shows a hundred at once. */
function page<Item>(all: readonly Item[], keyOf: (item: Item) => string, after = '') {
  const rest = all.filter((item) => keyOf(item) > after);
  const shown = rest.slice(0, 100);
  const last = shown.at(-1);
  const isMore = rest.length > shown.length && last !== undefined;
  return { shown, ...(isMore && { NextToken: keyOf(last) }) };
}

function listed(all: readonly Subscription[], parameters: Parameters): Json {
  const { shown, ...more } = page(all, ({ arn }) => arn, parameters.text('NextToken'));
  return { Subscriptions: shown.map(shownSubscription), ...more };
}

function publishBatch(parameters: Parameters, store: Store): Json {
  const topic = topicOf(parameters, store);
  const entries = parameters.entries('PublishBatchRequestEntries');
  if (entries.length === 0)
    throw new MessagingApiError(
      'EmptyBatchRequest',
      "The batch request doesn't contain any entries.",
    );
  if (entries.length > 10)
    throw new MessagingApiError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  const ids = entries.map((each) => String(each['Id'] ?? ''));
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new MessagingApiError(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  if (new Set(ids).size < ids.length)
    throw new MessagingApiError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  let bytes = 0;
  for (const [index, entry] of entries.entries()) {
    const Id = ids[index];
    try {
      const known = { Id: 'text', ...publishParameters } as const;
      const message = published(checked(entry, known, (name) => notDone(`${name} in an entry`)));
      bytes += message.bytes;
      if (bytes > mostBytes)
        throw new MessagingApiError(
          'BatchRequestTooLong',
          'The length of all the messages put together is more than the limit.',
        );
      Successful.push({ Id, ...publish(store, topic, message) });
    } catch (error) {
      if (!(error instanceof MessagingApiError)) throw error;
      Failed.push({ Id, Code: error.name, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

export const topicOperations: Readonly<Record<string, SnsOperation>> = {
  CreateTopic: {
    known: { Name: 'text' },
    run(parameters, store) {
      const name = parameters.needed('Name');
      if (name.endsWith('.fifo')) throw notDone('FIFO topics');
      if (!/^[\w-]{1,256}$/.test(name)) throw refuse('Topic Name');
      return { TopicArn: putTopic(store, name) };
    },
  },
  DeleteTopic: {
    known: { TopicArn: 'text' },
    run(parameters, store) {
      deleteTopic(store, parameters.needed('TopicArn'));
      return {};
    },
  },
  ListTopics: {
    known: { NextToken: 'text' },
    run(parameters, store) {
      const { shown, ...more } = page(
        listTopics(store),
        (arn) => arn,
        parameters.text('NextToken'),
      );
      return { Topics: shown.map((TopicArn) => ({ TopicArn })), ...more };
    },
  },
  GetTopicAttributes: {
    known: { TopicArn: 'text' },
    run: (parameters, store) => ({
      Attributes: countedAttributes(store, topicOf(parameters, store)),
    }),
  },
  SetTopicAttributes: {
    known: { TopicArn: 'text', AttributeName: 'text', AttributeValue: 'text' },
    run(parameters, store) {
      const topic = topicOf(parameters, store);
      const name = parameters.needed('AttributeName');
      if (name !== 'DisplayName') throw notDone(`the attribute ${name} of a topic`);
      const value = parameters.text('AttributeValue') ?? '';
      setTopicAttributes(store, topic, { ...topicAttributes(store, topic), [name]: value });
      return {};
    },
  },
  Subscribe: {
    known: {
      TopicArn: 'text',
      Protocol: 'text',
      Endpoint: 'text',
      Attributes: 'map',
      ReturnSubscriptionArn: 'text',
    },
    run(parameters, store) {
      const topic = topicOf(parameters, store);
      const protocol = parameters.needed('Protocol');
      if (protocol !== 'sqs') throw notDone(`subscriptions by ${protocol}: only sqs`);
      const queue = subscribedQueue(store, parameters.needed('Endpoint'));
      const attributes = subscriptionAttributes(parameters.map('Attributes') ?? {});
      const there = subscriptionsOf(store, topic).find((each) => each.queue === queue);
      if (there === undefined)
        return { SubscriptionArn: putSubscription(store, { topic, queue, attributes }) };
      const isOther = Object.entries(attributes).some(
        ([name, value]) => there.attributes[name] !== value,
      );
      if (isOther)
        throw refuse('Attributes Reason: Subscription already exists with different attributes');
      return { SubscriptionArn: there.arn };
    },
  },
  Unsubscribe: {
    known: { SubscriptionArn: 'text' },
    run(parameters, store) {
      deleteSubscription(store, parameters.needed('SubscriptionArn'));
      return {};
    },
  },
  ListSubscriptions: {
    known: { NextToken: 'text' },
    run: (parameters, store) => listed(subscriptionsOf(store), parameters),
  },
  ListSubscriptionsByTopic: {
    known: { TopicArn: 'text', NextToken: 'text' },
    run: (parameters, store) =>
      listed(subscriptionsOf(store, topicOf(parameters, store)), parameters),
  },
  GetSubscriptionAttributes: {
    known: { SubscriptionArn: 'text' },
    run(parameters, store) {
      const found = subscriptionNamed(store, parameters.needed('SubscriptionArn'));
      const Attributes = {
        ...shownSubscription(found),
        PendingConfirmation: 'false',
        RawMessageDelivery: 'false',
        ...found.attributes,
      };
      return { Attributes };
    },
  },
  SetSubscriptionAttributes: {
    known: { SubscriptionArn: 'text', AttributeName: 'text', AttributeValue: 'text' },
    run(parameters, store) {
      const found = subscriptionNamed(store, parameters.needed('SubscriptionArn'));
      const name = parameters.needed('AttributeName');
      const { [name]: _, ...others } = found.attributes;
      const changed = subscriptionAttributes({ [name]: parameters.text('AttributeValue') ?? '' });
      putSubscription(store, { ...found, attributes: { ...others, ...changed } });
      return {};
    },
  },
  Publish: {
    known: { TopicArn: 'text', ...publishParameters },
    run: (parameters, store) => publish(store, topicOf(parameters, store), published(parameters)),
  },
  PublishBatch: {
    known: { TopicArn: 'text', PublishBatchRequestEntries: 'entries' },
    run: publishBatch,
  },
};

/**
 * Runs an operation of the SNS API: `Publish`.
 *
 * @throws {MessagingApiError} if it does not succeed
 */
export function runSns(operation: string, given: Json, store: Store): Json {
  const found = Object.hasOwn(topicOperations, operation) ? topicOperations[operation] : undefined;
  if (found === undefined)
    throw notDone(`${operation}: only ${Object.keys(topicOperations).sort().join(', ')}`);
  const parameters = checked(given, found.known, (name) => notDone(`${name} in ${operation}`));
  return found.run(parameters, store);
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
