import { queueArn, queueUrl } from '@chorus/emulator-aws';
import { invalid, MessagingApiError } from '../errors.ts';
import {
  deleteQueue,
  findQueue,
  isFifo,
  listQueues,
  putQueue,
  queueNamed,
  redriveOf,
} from '../queue-table.ts';
import type { Store } from '../store.ts';
import { checkQueueName, queueOf, type SqsOperation } from './operation.ts';
import {
  allAttributes,
  changedAttributes,
  checkAttributes,
  firstAttributes,
} from './queue-attributes.ts';

/**
 * Makes a queue, unless it is there with the same attributes.
 *
 * @throws {MessagingApiError} QueueNameExists if one of them is another there
 */
function createQueue(store: Store, name: string, given: Readonly<Record<string, unknown>>): void {
  checkQueueName(name);
  if (given['FifoQueue'] !== undefined && !isFifo({ name }))
    throw invalid('The name of a FIFO queue must end with the .fifo suffix.');
  if (isFifo({ name }) && given['FifoQueue'] !== 'true')
    throw invalid(
      'The name of a queue that is not FIFO can only include alphanumeric characters, hyphens, or underscores.',
    );
  const attributes = checkAttributes(store, name, given);
  const there = findQueue(store, name);
  if (there === undefined) {
    putQueue(store, name, changedAttributes(firstAttributes(name), attributes));
    return;
  }
  for (const [attribute, value] of Object.entries(attributes))
    if ((there.attributes[attribute] ?? '') !== value)
      throw new MessagingApiError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${attribute}`,
      );
}

/** The names that GetQueueAttributes may be asked for beside those that a queue has. */
const unset = [
  'All',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'Policy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

/** The part of a list that a token asks for: names after it. */
function page(names: readonly string[], most: number | undefined, after = '') {
  const rest = names.filter((name) => name > after);
  const shown = rest.slice(0, most ?? 1000);
  // AWS gives a token only where the request limits the answer.
  const isMore = most !== undefined && rest.length > shown.length;
  return { shown, ...(isMore && { NextToken: shown.at(-1) }) };
}

/** Operations on queues themselves. */
export const queueOperations: Readonly<Record<string, SqsOperation>> = {
  CreateQueue: {
    known: { QueueName: 'text', Attributes: 'map' },
    run(parameters, { store, origin }) {
      const name = parameters.needed('QueueName');
      createQueue(store, name, parameters.map('Attributes') ?? {});
      return { QueueUrl: queueUrl(origin, name) };
    },
  },
  DeleteQueue: {
    known: { QueueUrl: 'text' },
    run(parameters, { store }) {
      deleteQueue(store, queueOf(parameters, store).name);
      return {};
    },
  },
  GetQueueUrl: {
    known: { QueueName: 'text' },
    run(parameters, { store, origin }) {
      const { name } = queueNamed(store, parameters.needed('QueueName'));
      return { QueueUrl: queueUrl(origin, name) };
    },
  },
  ListQueues: {
    known: { QueueNamePrefix: 'text', MaxResults: 'number', NextToken: 'text' },
    run(parameters, { store, origin }) {
      const names = listQueues(store, parameters.text('QueueNamePrefix')).map(({ name }) => name);
      const most = parameters.number('MaxResults', [1, 1000]);
      const { shown, ...more } = page(names, most, parameters.text('NextToken'));
      const QueueUrls = shown.map((name) => queueUrl(origin, name));
      return { ...(QueueUrls.length > 0 && { QueueUrls }), ...more };
    },
  },
  ListDeadLetterSourceQueues: {
    known: { QueueUrl: 'text', MaxResults: 'number', NextToken: 'text' },
    run(parameters, { store, origin }) {
      const { name } = queueOf(parameters, store);
      const sources = listQueues(store).filter((each) => redriveOf(each)?.queue === name);
      const most = parameters.number('MaxResults', [1, 1000]);
      const { shown, ...more } = page(
        sources.map((each) => each.name),
        most,
        parameters.text('NextToken'),
      );
      return { queueUrls: shown.map((each) => queueUrl(origin, each)), ...more };
    },
  },
  GetQueueAttributes: {
    known: { QueueUrl: 'text', AttributeNames: 'texts' },
    run(parameters, { store }) {
      const queue = queueOf(parameters, store);
      const asked = parameters.texts('AttributeNames');
      if (asked.length === 0) return {};
      const all = allAttributes(store, queue);
      const strange = asked.find((name) => !Object.hasOwn(all, name) && !unset.includes(name));
      if (strange !== undefined)
        throw new MessagingApiError('InvalidAttributeName', `Unknown Attribute ${strange}.`);
      const isAsked = (name: string) => asked.includes('All') || asked.includes(name);
      return {
        Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => isAsked(name))),
      };
    },
  },
  SetQueueAttributes: {
    known: { QueueUrl: 'text', Attributes: 'map' },
    run(parameters, { store }) {
      const { name, attributes } = queueOf(parameters, store);
      const changes = checkAttributes(store, name, parameters.map('Attributes') ?? {});
      putQueue(store, name, changedAttributes(attributes, changes));
      store.wake(name);
      return {};
    },
  },
  PurgeQueue: {
    known: { QueueUrl: 'text' },
    run(parameters, { store }) {
      const { name } = queueOf(parameters, store);
      store.sqlite.run('DELETE FROM messages WHERE queue = ?', name);
      return {};
    },
  },
};

/** A queue as the local cloud describes it. */
export interface EnsuredQueue {
  /** Ends in `.fifo` if it keeps the order. */
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly deadLetters?: { readonly queue: string; readonly receives: number } | undefined;
}

/**
 * Makes queues, or gives those that are there the attributes that they are described with now; messages stay.
 *
 * @throws {MessagingApiError} if one cannot be
 */
export function ensureQueues(store: Store, queues: readonly EnsuredQueue[]): void {
  // All are there before one of them names another.
  for (const { name } of queues)
    if (findQueue(store, checkQueueName(name)) === undefined)
      putQueue(store, name, firstAttributes(name));
  for (const { name, visibilitySeconds, retentionSeconds, deadLetters } of queues) {
    const wanted = checkAttributes(store, name, {
      VisibilityTimeout: String(visibilitySeconds),
      MessageRetentionPeriod: String(retentionSeconds),
      RedrivePolicy: deadLetters === undefined ? '' : redrivePolicy(deadLetters),
    });
    const { attributes } = queueNamed(store, name);
    const changed = changedAttributes(attributes, wanted);
    if (!isSame(attributes, changed)) putQueue(store, name, changed);
  }
}

const redrivePolicy = ({ queue, receives }: NonNullable<EnsuredQueue['deadLetters']>): string =>
  JSON.stringify({ deadLetterTargetArn: queueArn(queue), maxReceiveCount: receives });

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
