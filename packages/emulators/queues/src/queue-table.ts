import { queueArn } from '@chorus/emulator-aws';
import type { Row } from '@chorus/emulator-files';
import { noQueue } from './errors.ts';
import type { Store } from './store.ts';

/** A queue as the file has it. */
export interface Queue {
  readonly name: string;
  /** Every attribute that can be set, by AWS's names and as texts. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly modified: number;
}

export const isFifo = ({ name }: Pick<Queue, 'name'>): boolean => name.endsWith('.fifo');

/** An attribute that is a number: `VisibilityTimeout`, in seconds as on AWS. */
export const numberOf = ({ attributes }: Queue, name: string): number => Number(attributes[name]);

const parsed = (row: Row): Queue => ({
  name: String(row['name']),
  attributes: JSON.parse(String(row['attributes'])),
  created: Number(row['created']),
  modified: Number(row['modified']),
});

export function findQueue({ sqlite }: Store, name: string): Queue | undefined {
  const row = sqlite.get('SELECT * FROM queues WHERE name = ?', name);
  return row && parsed(row);
}

/** @throws {MessagingApiError} QueueDoesNotExist */
export function queueNamed(store: Store, name: string): Queue {
  const found = findQueue(store, name);
  if (found === undefined) throw noQueue();
  return found;
}

/** Returns the queues whose names begin with a text, in the order of their names. */
export function listQueues({ sqlite }: Store, prefix = ''): readonly Queue[] {
  const all = sqlite.all('SELECT * FROM queues ORDER BY name').map(parsed);
  return all.filter(({ name }) => name.startsWith(prefix));
}

/** Makes a queue, or gives one that is there its attributes. */
export function putQueue(
  { sqlite, clock }: Store,
  name: string,
  attributes: Queue['attributes'],
): void {
  const now = Math.floor(clock.now());
  sqlite.run(
    `INSERT INTO queues (name, attributes, created, modified) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET attributes = excluded.attributes, modified = excluded.modified`,
    ...[name, JSON.stringify(attributes), now, now],
  );
}

/** Removes a queue with everything in it. */
export function deleteQueue(store: Store, name: string): void {
  const { sqlite } = store;
  sqlite.atomically(() => {
    sqlite.run('DELETE FROM messages WHERE queue = ?', name);
    sqlite.run('DELETE FROM deduplications WHERE queue = ?', name);
    sqlite.run('DELETE FROM queues WHERE name = ?', name);
  });
  // Who waits for messages finds out that there is no queue.
  store.wake(name);
}

/** The queue that messages go to which were received too often. */
export interface Redrive {
  readonly queue: string;
  readonly receives: number;
}

/** Returns a queue's `RedrivePolicy`, if it has one. */
export function redriveOf({ attributes }: Queue): Redrive | undefined {
  const text = attributes['RedrivePolicy'];
  if (text === undefined) return undefined;
  const { deadLetterTargetArn = '', maxReceiveCount } = JSON.parse(text);
  return {
    queue: String(deadLetterTargetArn).replace(queueArn(''), ''),
    receives: Number(maxReceiveCount),
  };
}
