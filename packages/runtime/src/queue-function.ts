/** Functions that take the messages of a queue: SQS's event source mapping, with partial batch responses. */

import { InvalidRequestError } from '@chorus/protocol';
import type { Handler, InvocationContext } from './handler.ts';
import { asRecord } from './proxy-event.ts';
import { isReadyEvent } from './ready-event.ts';

/** A message of a queue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** What its visibility is changed by. */
  readonly receiptHandle: string;
  /** How often it was received, this time included. */
  readonly receives: number;
}

/** The answer to SQS: the messages that are to be received again. The others are deleted. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

function messageOf(record: unknown): QueueMessage {
  const { messageId, body, receiptHandle, attributes } = asRecord(record);
  const receives = Number(asRecord(attributes)['ApproximateReceiveCount']);
  if (
    typeof messageId !== 'string' ||
    typeof body !== 'string' ||
    typeof receiptHandle !== 'string' ||
    !Number.isInteger(receives)
  )
    throw new InvalidRequestError(
      'the event has a record that is no message of SQS: it lacks messageId, body, receiptHandle or ApproximateReceiveCount',
    );
  return { messageId, body, receiptHandle, receives };
}

/**
 * Reads the messages of an event of SQS.
 *
 * @throws {InvalidRequestError} if it is none
 */
export function parseQueueEvent(event: unknown): readonly QueueMessage[] {
  const { Records: records } = asRecord(event);
  if (!Array.isArray(records))
    throw new InvalidRequestError('the event is not one of SQS: it has no Records');
  return records.map(messageOf);
}

/** Names in the log what became of messages; the messages of errors may quote their bodies. */
function noteErrors({ notes }: InvocationContext, errors: readonly unknown[]): void {
  const names = errors.map((error) => (error instanceof Error ? error.name : 'Error'));
  if (names.length > 0) notes['errors'] = [...new Set(names)].join(' ');
}

/** What became of messages, in their order: one that was rejected is received again. */
export type Handled = readonly PromiseSettledResult<void>[];

/**
 * Makes the handler of a queue's messages, which are handled together. Those whose handling was rejected are received again, and
 * only those. `{"chorus":"ready"}` is answered `{"ready":true}`.
 */
export function createBatchHandler(
  handle: (messages: readonly QueueMessage[], context: InvocationContext) => Promise<Handled>,
): Handler {
  return async (event, context): Promise<BatchAnswer | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    const messages = parseQueueEvent(event);
    const settled = await handle(messages, context);
    const failed = settled.flatMap((result, index) => {
      const message = messages[index];
      return result.status === 'rejected' && message !== undefined
        ? [{ message, reason: result.reason as unknown }]
        : [];
    });
    context.notes['messages'] = messages.length;
    context.notes['again'] = failed.length;
    noteErrors(
      context,
      failed.map(({ reason }) => reason),
    );
    return {
      batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.messageId })),
    };
  };
}

/** Makes the handler of a queue's messages, each of which is handled by itself, all of an event at once. */
export const createQueueHandler = (
  handle: (message: QueueMessage, context: InvocationContext) => Promise<void>,
): Handler =>
  createBatchHandler((messages, context) =>
    Promise.allSettled(messages.map((message) => handle(message, context))),
  );
