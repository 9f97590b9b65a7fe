import { accountId, queueArn } from '@chorus/emulator-aws';
import type { Json } from '../json.ts';
import type { Parameters } from '../parameters.ts';
import { notDone } from './not-done.ts';
import { invalidParameter, page, type SnsOperation, topicOf } from './operation.ts';
import { subscribedQueue, subscriptionAttributes } from './subscriptions.ts';
import {
  deleteSubscription,
  putSubscription,
  type Subscription,
  subscriptionNamed,
  subscriptionsOf,
} from './topic-table.ts';

const shownSubscription = ({ arn, topic, queue }: Subscription): Json => ({
  SubscriptionArn: arn,
  Owner: accountId,
  Protocol: 'sqs',
  Endpoint: queueArn(queue),
  TopicArn: topic,
});

function listed(all: readonly Subscription[], parameters: Parameters): Json {
  const { shown, ...more } = page(all, ({ arn }) => arn, parameters.text('NextToken'));
  return { Subscriptions: shown.map(shownSubscription), ...more };
}

/** Operations on subscriptions. */
export const subscriptionOperations: Readonly<Record<string, SnsOperation>> = {
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
        throw invalidParameter(
          'Attributes Reason: Subscription already exists with different attributes',
        );
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
};
