import { randomUUID } from 'node:crypto';
import { queueArn } from '@chorus/emulator-aws';
import type { Row } from '@chorus/emulator-files';
import { type MessageAttributes, md5OfAttributes } from './message-attributes.ts';
import { findQueue, isFifo, numberOf, type Queue, redriveOf } from './queue-table.ts';
import type { Store } from './store.ts';

/** A message on its way into a queue. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes | undefined;
  /** X-Ray's header. */
  readonly trace?: string | undefined;
  /** Seconds until it can be received. @default the queue's */
  readonly delaySeconds?: number | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

export interface SentMessage {
  readonly messageId: string;
  /** Of a FIFO queue's message. */
  readonly sequenceNumber: string | undefined;
}

/** A message that was received; it is hidden until it is deleted, or its time is up. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** The MD5 of the attributes, if there are any. */
  readonly md5OfAttributes: string | undefined;
  /** What SQS itself knows of it: `ApproximateReceiveCount`, `SentTimestamp`. */
  readonly system: Readonly<Record<string, string>>;
}

/** How long a message that is sent again is the same one, in milliseconds. */
const deduplicationMs = 5 * 60 * 1000;

const sequenceOf = (id: number): string => String(id).padStart(20, '0');

/** Puts a message into a queue; a FIFO queue's that was sent before is not put again. Run atomically. */
export function send(
  { sqlite, clock }: Store,
  queue: Queue,
  message: OutgoingMessage,
): SentMessage {
  const now = Math.floor(clock.now());
  const { body, attributes, trace, groupId, deduplicationId } = message;
  const fifo = isFifo(queue);
  if (fifo && deduplicationId !== undefined) {
    sqlite.run('DELETE FROM deduplications WHERE until <= ?', now);
    const known = sqlite.get(
      'SELECT message_id, sequence FROM deduplications WHERE queue = ? AND id = ?',
      ...[queue.name, deduplicationId],
    );
    if (known !== undefined)
      return {
        messageId: String(known['message_id']),
        sequenceNumber: sequenceOf(Number(known['sequence'])),
      };
  }
  const messageId = randomUUID();
  const delay = message.delaySeconds ?? numberOf(queue, 'DelaySeconds');
  const { id } = sqlite.run(
    `INSERT INTO messages (queue, message_id, body, attributes, trace, group_id, deduplication_id, sent, visible, receives)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    ...[queue.name, messageId, body, attributes ? JSON.stringify(attributes) : null],
    ...[trace ?? null, groupId ?? null, deduplicationId ?? null, now, now + delay * 1000],
  );
  if (fifo && deduplicationId !== undefined)
    sqlite.run(
      'INSERT INTO deduplications (queue, id, message_id, sequence, until) VALUES (?, ?, ?, ?, ?)',
      ...[queue.name, deduplicationId, messageId, id, now + deduplicationMs],
    );
  return { messageId, sequenceNumber: fifo ? sequenceOf(id) : undefined };
}

/** Messages that can be received, but were so often before that they are dead letters. */
const dead = `SELECT * FROM messages
  WHERE queue = ? AND +visible <= ? AND receives > 0 AND receives >= ? ORDER BY id`;

/** Messages that can be received, the oldest first. */
const ready = `SELECT * FROM messages WHERE queue = ?1 AND visible <= ?2
  ORDER BY visible, id LIMIT ?3`;

/**
 * The same of a FIFO queue, in the order of sending: none of a group of which one is being worked on, and none behind one that is
 * delayed. The `+` keeps SQLite to the index that has that order.
 */
const readyInOrder = `WITH hidden AS MATERIALIZED (
    SELECT group_id, min(iif(receipt IS NULL, id, 0)) AS first FROM messages
    WHERE queue = ?1 AND visible > ?2 GROUP BY group_id
  )
  SELECT m.* FROM messages AS m LEFT JOIN hidden ON hidden.group_id = m.group_id
  WHERE m.queue = ?1 AND +m.visible <= ?2
    AND (hidden.group_id IS NULL OR m.id < hidden.first)
  ORDER BY m.id LIMIT ?3`;

/** A message in the queue of dead letters is a new row: it comes after those that are there. */
function moveToDeadLetters({ sqlite }: Store, row: Row, queue: string, now: number): void {
  const id = Number(row['id']);
  sqlite.run(
    `INSERT INTO messages (queue, message_id, body, attributes, trace, group_id, deduplication_id, source, sent, visible, receives, first_received)
     SELECT ?, message_id, body, attributes, trace, group_id, deduplication_id, ?, sent, ?, receives, first_received
     FROM messages WHERE id = ?`,
    ...[queue, queueArn(String(row['queue'])), now, id],
  );
  sqlite.run('DELETE FROM messages WHERE id = ?', id);
}

function systemOf(row: Row, fifo: boolean): Readonly<Record<string, string>> {
  const text = (name: string) => (row[name] === null ? undefined : String(row[name]));
  const all = {
    SenderId: '000000000000',
    SentTimestamp: text('sent'),
    ApproximateReceiveCount: text('receives'),
    ApproximateFirstReceiveTimestamp: text('first_received'),
    SequenceNumber: fifo ? sequenceOf(Number(row['id'])) : undefined,
    MessageDeduplicationId: text('deduplication_id'),
    MessageGroupId: text('group_id'),
    AWSTraceHeader: text('trace'),
    DeadLetterQueueSourceArn: text('source'),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function receiveRow(
  { sqlite }: Store,
  row: Row,
  fifo: boolean,
  now: number,
  visible: number,
): ReceivedMessage {
  const receipt = randomUUID();
  const first = row['first_received'] === null ? now : Number(row['first_received']);
  const receives = Number(row['receives']) + 1;
  sqlite.run(
    'UPDATE messages SET receipt = ?, visible = ?, receives = ?, first_received = ? WHERE id = ?',
    ...[receipt, visible, receives, first, Number(row['id'])],
  );
  const attributes: MessageAttributes =
    typeof row['attributes'] === 'string' ? JSON.parse(row['attributes']) : {};
  return {
    messageId: String(row['message_id']),
    receiptHandle: Buffer.from(`${row['id']}/${receipt}`).toString('base64'),
    body: String(row['body']),
    attributes,
    md5OfAttributes: md5OfAttributes(attributes),
    system: systemOf({ ...row, receives, first_received: first }, fifo),
  };
}

/** Removes the messages that were kept for as long as the queue keeps them. */
function expire({ sqlite }: Store, queue: Queue, now: number): void {
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  sqlite.run('DELETE FROM messages WHERE queue = ? AND sent <= ?', queue.name, oldest);
}

/**
 * Receives messages that can be, and hides them. Those that were received too often go to the queue of dead letters.
 *
 * @param visibilitySeconds how long they are hidden
 */
export function receive(
  store: Store,
  queue: Queue,
  most: number,
  visibilitySeconds: number = numberOf(queue, 'VisibilityTimeout'),
): readonly ReceivedMessage[] {
  const { sqlite, clock } = store;
  const now = Math.floor(clock.now());
  // Looked at first: a queue without messages costs no write.
  const any = 'SELECT 1 FROM messages WHERE queue = ? AND visible <= ?';
  if (sqlite.get(any, queue.name, now) === undefined) return [];
  const redrive = redriveOf(queue);
  const select = isFifo(queue) ? readyInOrder : ready;
  let moved = 0;
  const received = sqlite.atomically(() => {
    expire(store, queue, now);
    if (redrive !== undefined && findQueue(store, redrive.queue) !== undefined) {
      const letters = sqlite.all(dead, queue.name, now, redrive.receives);
      for (const row of letters) moveToDeadLetters(store, row, redrive.queue, now);
      moved = letters.length;
    }
    const visible = now + visibilitySeconds * 1000;
    return sqlite
      .all(select, queue.name, now, most)
      .map((row) => receiveRow(store, row, isFifo(queue), now, visible));
  });
  if (moved > 0 && redrive !== undefined) store.wake(redrive.queue);
  return received;
}
