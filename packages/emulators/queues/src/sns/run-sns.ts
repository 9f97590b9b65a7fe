import type { Json } from '../json.ts';
import { checked } from '../parameters.ts';
import type { Store } from '../store.ts';
import { notDone } from './not-done.ts';
import type { SnsOperation } from './operation.ts';
import { publishOperations } from './publish-operations.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { topicOperations } from './topic-operations.ts';

const operations: Readonly<Record<string, SnsOperation>> = {
  ...topicOperations,
  ...subscriptionOperations,
  ...publishOperations,
};

/**
 * Runs an operation of the SNS API: `Publish`.
 *
 * @throws {MessagingApiError} if it does not succeed
 */
export function runSns(operation: string, given: Json, store: Store): Json {
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (found === undefined)
    throw notDone(`${operation}: only ${Object.keys(operations).sort().join(', ')}`);
  const parameters = checked(given, found.known, (name) => notDone(`${name} in ${operation}`));
  return found.run(parameters, store);
}
