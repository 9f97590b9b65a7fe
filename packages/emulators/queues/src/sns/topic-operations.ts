import { accountId } from '@chorus/emulator-aws';
import type { Json } from '../json.ts';
import type { Store } from '../store.ts';
import { notDone } from './not-done.ts';
import { invalidParameter, page, type SnsOperation, topicOf } from './operation.ts';
import {
  deleteTopic,
  listTopics,
  putTopic,
  setTopicAttributes,
  subscriptionsOf,
  topicAttributes,
} from './topic-table.ts';

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

/** Operations on topics themselves. */
export const topicOperations: Readonly<Record<string, SnsOperation>> = {
  CreateTopic: {
    known: { Name: 'text' },
    run(parameters, store) {
      const name = parameters.needed('Name');
      if (name.endsWith('.fifo')) throw notDone('FIFO topics');
      if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
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
};
