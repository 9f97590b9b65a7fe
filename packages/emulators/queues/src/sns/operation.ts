import { MessagingApiError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Kind, Parameters } from '../parameters.ts';
import type { Store } from '../store.ts';
import { topicAttributes } from './topic-table.ts';

/** An operation of the SNS API: the parameters that it honours, and what it does. */
export interface SnsOperation {
  readonly known: Readonly<Record<string, Kind>>;
  run(parameters: Parameters, store: Store): Json;
}

/** A parameter that is not allowed; SNS has a name of its own for it. */
export const invalidParameter = (why: string): MessagingApiError =>
  new MessagingApiError('InvalidParameter', `Invalid parameter: ${why}`);

/** Returns the ARN of the topic that a request is about. @throws {MessagingApiError} NotFound */
export function topicOf(parameters: Parameters, store: Store): string {
  const arn = parameters.needed('TopicArn');
  topicAttributes(store, arn);
  return arn;
}

/** AWS shows a hundred at once. */
export function page<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  after = '',
): { readonly shown: readonly Item[]; readonly NextToken?: string } {
  const rest = all.filter((item) => keyOf(item) > after);
  const shown = rest.slice(0, 100);
  const last = shown.at(-1);
  const isMore = rest.length > shown.length && last !== undefined;
  return { shown, ...(isMore && { NextToken: keyOf(last) }) };
}
