import { accountId } from '@chorus/emulator-aws';
import { invalid, noQueue } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Kind, Parameters } from '../parameters.ts';
import { type Queue, queueNamed } from '../queue-table.ts';
import type { Store } from '../store.ts';

/** What an operation may use. */
export interface Context {
  readonly store: Store;
  /** Where the caller reaches the service: queues' URLs begin with it. */
  readonly origin: string;
  /** Raised when the caller hangs up, or the emulator closes. */
  readonly signal: AbortSignal;
}

/** An operation of the SQS API: the parameters that it honours, and what it does. */
export interface SqsOperation {
  readonly known: Readonly<Record<string, Kind>>;
  run(parameters: Parameters, context: Context): Json | Promise<Json>;
}

const queuePath = new RegExp(`^(?:https?://[^/]+)?/?${accountId}/(?<name>[^/?#]+)/?$`);

/**
 * Returns the queue that a request is about. Its URL may begin with any address: a client may reach the local cloud by another
 * name than who told it the URL.
 *
 * @throws {MessagingApiError} QueueDoesNotExist
 */
export function queueOf(parameters: Parameters, store: Store): Queue {
  const name = queuePath.exec(parameters.needed('QueueUrl'))?.groups?.['name'];
  if (name === undefined) throw noQueue();
  return queueNamed(store, name);
}

const queueNameForm = /^[\w-]{1,80}$/;

/** @throws {MessagingApiError} if a queue cannot have the name */
export function checkQueueName(name: string): string {
  if (name.length > 80 || !queueNameForm.test(name.replace(/\.fifo$/, '')))
    throw invalid(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  return name;
}
