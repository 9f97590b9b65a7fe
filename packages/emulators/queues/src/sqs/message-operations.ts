import { MessagingApiError } from '../errors.ts';
import { defined, type Json } from '../json.ts';
import { type MessageAttributes, md5, md5OfAttributes } from '../message-attributes.ts';
import { type ReceivedMessage, send } from '../messages.ts';
import type { Parameters } from '../parameters.ts';
import { numberOf, type Queue } from '../queue-table.ts';
import { checkNotExpired, hide, remove } from '../receipts.ts';
import type { Store } from '../store.ts';
import { receiveWaiting } from '../waiting.ts';
import { runBatch } from './batch.ts';
import { queueOf, type SqsOperation } from './operation.ts';
import { answerOf, type Outgoing, outgoing, outgoingParameters } from './outgoing.ts';

/** Bytes of all messages of a batch together. */
const mostBatchBytes = 1_048_576;

/** What is asked of a message: names, or beginnings of names with `.*` behind them. */
function isAsked(asked: readonly string[], name: string): boolean {
  return asked.some(
    (each) =>
      each === 'All' ||
      each === name ||
      (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
  );
}

const picked = <Value>(all: Readonly<Record<string, Value>>, asked: readonly string[]) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => isAsked(asked, name)));

function shown(message: ReceivedMessage, parameters: Parameters): Json {
  const { messageId, receiptHandle, body } = message;
  const system = picked(message.system, [
    ...parameters.texts('AttributeNames'),
    ...parameters.texts('MessageSystemAttributeNames'),
  ]);
  const attributes: MessageAttributes = picked(
    message.attributes,
    parameters.texts('MessageAttributeNames'),
  );
  const isEmpty = (all: object) => Object.keys(all).length === 0;
  return defined({
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5(body),
    Body: body,
    Attributes: isEmpty(system) ? undefined : system,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: isEmpty(attributes) ? undefined : attributes,
  });
}

const visibilityRange = [0, 43_200] as const;

function neededNumber(
  parameters: Parameters,
  name: string,
  range: readonly [number, number],
): number {
  const found = parameters.number(name, range);
  if (found === undefined)
    throw new MessagingApiError(
      'MissingParameter',
      `The request must contain the parameter ${name}.`,
    );
  return found;
}

function deleteOne(parameters: Parameters, queue: Queue, store: Store): Json {
  const handle = parameters.needed('ReceiptHandle');
  checkNotExpired(store, queue, handle);
  remove(store, queue, handle);
  return {};
}

/** @throws {MessagingApiError} MessageNotInflight if the message is not hidden */
function changeVisibility(parameters: Parameters, queue: Queue, store: Store): Json {
  const seconds = neededNumber(parameters, 'VisibilityTimeout', visibilityRange);
  if (!hide(store, queue, parameters.needed('ReceiptHandle'), seconds))
    throw new MessagingApiError(
      'MessageNotInflight',
      'Message does not exist or is not available for visibility timeout change.',
    );
  return {};
}

/** Operations on messages. */
export const messageOperations: Readonly<Record<string, SqsOperation>> = {
  SendMessage: {
    known: { QueueUrl: 'text', ...outgoingParameters },
    run(parameters, { store }) {
      const queue = queueOf(parameters, store);
      const checked = outgoing(parameters, queue);
      const sent = store.sqlite.atomically(() => send(store, queue, checked.message));
      store.wake(queue.name);
      return answerOf(checked, sent);
    },
  },
  SendMessageBatch: {
    known: { QueueUrl: 'text', Entries: 'entries' },
    run(parameters, { store }) {
      const queue = queueOf(parameters, store);
      let bytes = 0;
      const sendEntry = (checked: Outgoing): Json => {
        bytes += checked.bytes;
        if (bytes > mostBatchBytes)
          throw new MessagingApiError(
            'BatchRequestTooLong',
            `Batch requests cannot be longer than ${mostBatchBytes} bytes.`,
          );
        return answerOf(checked, send(store, queue, checked.message));
      };
      const answer = store.sqlite.atomically(() =>
        runBatch(parameters, outgoingParameters, (entry) => sendEntry(outgoing(entry, queue))),
      );
      store.wake(queue.name);
      return answer;
    },
  },
  ReceiveMessage: {
    known: {
      QueueUrl: 'text',
      MaxNumberOfMessages: 'number',
      VisibilityTimeout: 'number',
      WaitTimeSeconds: 'number',
      AttributeNames: 'texts',
      MessageSystemAttributeNames: 'texts',
      MessageAttributeNames: 'texts',
    },
    async run(parameters, { store, signal }) {
      const queue = queueOf(parameters, store);
      const wait = parameters.number('WaitTimeSeconds', [0, 20]);
      const received = await receiveWaiting(
        store,
        queue.name,
        {
          most: parameters.number('MaxNumberOfMessages', [1, 10]) ?? 1,
          visibilitySeconds: parameters.number('VisibilityTimeout', visibilityRange),
          waitMs: (wait ?? numberOf(queue, 'ReceiveMessageWaitTimeSeconds')) * 1000,
        },
        signal,
      );
      return received.length === 0
        ? {}
        : { Messages: received.map((message) => shown(message, parameters)) };
    },
  },
  DeleteMessage: {
    known: { QueueUrl: 'text', ReceiptHandle: 'text' },
    run: (parameters, { store }) => deleteOne(parameters, queueOf(parameters, store), store),
  },
  DeleteMessageBatch: {
    known: { QueueUrl: 'text', Entries: 'entries' },
    run(parameters, { store }) {
      const queue = queueOf(parameters, store);
      return store.sqlite.atomically(() =>
        runBatch(parameters, { ReceiptHandle: 'text' }, (entry) => deleteOne(entry, queue, store)),
      );
    },
  },
  ChangeMessageVisibility: {
    known: { QueueUrl: 'text', ReceiptHandle: 'text', VisibilityTimeout: 'number' },
    run: (parameters, { store }) => changeVisibility(parameters, queueOf(parameters, store), store),
  },
  ChangeMessageVisibilityBatch: {
    known: { QueueUrl: 'text', Entries: 'entries' },
    run(parameters, { store }) {
      const queue = queueOf(parameters, store);
      const known = { ReceiptHandle: 'text', VisibilityTimeout: 'number' } as const;
      return store.sqlite.atomically(() =>
        runBatch(parameters, known, (entry) => changeVisibility(entry, queue, store)),
      );
    },
  },
};
