import { randomUUID } from 'node:crypto';
import { topicArn } from '@chorus/emulator-aws';
import type { Row } from '@chorus/emulator-files';
import { MessagingApiError } from '../errors.ts';
import type { Store } from '../store.ts';

type Attributes = Readonly<Record<string, string>>;

/** A subscription of a queue to a topic. */
export interface Subscription {
  readonly arn: string;
  readonly topic: string;
  /** The queue's name. */
  readonly queue: string;
  /** `RawMessageDelivery` and `FilterPolicy`. */
  readonly attributes: Attributes;
}

const parsed = (row: Row): Subscription => ({
  arn: String(row['arn']),
  topic: String(row['topic']),
  queue: String(row['queue']),
  attributes: JSON.parse(String(row['attributes'])),
});

const noTopic = (): MessagingApiError =>
  new MessagingApiError('NotFound', 'Topic does not exist', { status: 404 });

/** Returns a topic's attributes. @throws {MessagingApiError} NotFound */
export function topicAttributes({ sqlite }: Store, arn: string): Attributes {
  const row = sqlite.get('SELECT attributes FROM topics WHERE arn = ?', arn);
  if (row === undefined) throw noTopic();
  return JSON.parse(String(row['attributes']));
}

export function listTopics({ sqlite }: Store): readonly string[] {
  return sqlite.all('SELECT arn FROM topics ORDER BY arn').map(({ arn }) => String(arn));
}

/** Makes a topic if it is not there. */
export function putTopic({ sqlite }: Store, name: string): string {
  const arn = topicArn(name);
  sqlite.run(`INSERT INTO topics (arn, attributes) VALUES (?, '{}') ON CONFLICT DO NOTHING`, arn);
  return arn;
}

export function setTopicAttributes({ sqlite }: Store, arn: string, attributes: Attributes): void {
  sqlite.run('UPDATE topics SET attributes = ? WHERE arn = ?', JSON.stringify(attributes), arn);
}

/** Removes a topic with its subscriptions. */
export function deleteTopic({ sqlite }: Store, arn: string): void {
  sqlite.atomically(() => {
    sqlite.run('DELETE FROM subscriptions WHERE topic = ?', arn);
    sqlite.run('DELETE FROM topics WHERE arn = ?', arn);
  });
}

/** Returns the subscriptions of a topic, or all. */
export function subscriptionsOf({ sqlite }: Store, topic?: string): readonly Subscription[] {
  const all =
    topic === undefined
      ? sqlite.all('SELECT * FROM subscriptions ORDER BY arn')
      : sqlite.all('SELECT * FROM subscriptions WHERE topic = ? ORDER BY arn', topic);
  return all.map(parsed);
}

/** @throws {MessagingApiError} NotFound */
export function subscriptionNamed({ sqlite }: Store, arn: string): Subscription {
  const row = sqlite.get('SELECT * FROM subscriptions WHERE arn = ?', arn);
  if (row === undefined)
    throw new MessagingApiError('NotFound', 'Subscription does not exist', { status: 404 });
  return parsed(row);
}

/** Makes a queue's subscription to a topic, or gives the one that is there other attributes. @returns its ARN */
export function putSubscription(
  { sqlite }: Store,
  { topic, queue, attributes }: Omit<Subscription, 'arn'>,
): string {
  const row = sqlite.get(
    `INSERT INTO subscriptions (arn, topic, queue, attributes) VALUES (?, ?, ?, ?)
     ON CONFLICT (topic, queue) DO UPDATE SET attributes = excluded.attributes RETURNING arn`,
    ...[`${topic}:${randomUUID()}`, topic, queue, JSON.stringify(attributes)],
  );
  return String(row?.['arn']);
}

export function deleteSubscription({ sqlite }: Store, arn: string): void {
  sqlite.run('DELETE FROM subscriptions WHERE arn = ?', arn);
}
