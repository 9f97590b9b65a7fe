/** Functions that take the messages of their queue by themselves, when a schedule says so. */

import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Handler } from './handler.ts';
import { asRecord } from './proxy-event.ts';
import type { BatchAnswer } from './queue-function.ts';

/** Messages that SQS gives at most at once. */
const mostMessages = 10;

/** Milliseconds before its deadline at which the function takes no more messages. */
const marginMs = 10_000;

/** What became of the messages that were taken. */
export interface Taken {
  readonly messages: number;
  /** Those that are to be received again. */
  readonly again: number;
}

/** Returns a message as Lambda gives it to a function. */
function recordOf({ MessageId, Body, ReceiptHandle, Attributes }: Message): unknown {
  return {
    messageId: MessageId,
    body: Body,
    receiptHandle: ReceiptHandle,
    attributes: Attributes,
  };
}

/** Has a handler of messages take some of the queue, and deletes those that it handled. */
async function takeSome(
  handle: (event: unknown) => Promise<unknown>,
  client: SQSClient,
  queueUrl: string,
): Promise<Taken> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: mostMessages,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  );
  if (Messages.length === 0) return { messages: 0, again: 0 };
  const { batchItemFailures } = (await handle({
    Records: Messages.map(recordOf),
  })) as BatchAnswer;
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const done = Messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
  if (done.length > 0) {
    const { Failed = [] } = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: done.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })),
      }),
    );
    for (const { Id } of Failed) failed.add(`not deleted: ${Id}`);
  }
  return { messages: Messages.length, again: failed.size };
}

/**
 * Makes the handler of a queue that is not asked all the time: at `{"chorus":"take"}`, the event of its schedule, it takes what is
 * in the queue until there is nothing, or its time ends; what is left, or failed, is there at the next. Whatever else it is given, such as the
 * messages that Lambda took, is the handler's own.
 *
 * @param handler of `createQueueHandler` or `createBatchHandler`
 */
export function createTakingHandler(
  handler: Handler,
  client: SQSClient,
  queueUrl: string,
  clock: () => number = Date.now,
): Handler {
  return async (event, context) => {
    if (asRecord(event)['chorus'] !== 'take') return handler(event, context);
    const taken = { messages: 0, again: 0 };
    while (clock() < context.deadlineMs - marginMs) {
      const { messages, again } = await takeSome(
        (records) => handler(records, context),
        client,
        queueUrl,
      );
      if (messages === 0) break;
      taken.messages += messages;
      taken.again += again;
    }
    Object.assign(context.notes, taken);
    return taken;
  };
}
