import type { Json } from '../json.ts';
import { checked } from '../parameters.ts';
import { messageOperations } from './message-operations.ts';
import { notDone } from './not-done.ts';
import type { Context, SqsOperation } from './operation.ts';
import { queueOperations } from './queue-operations.ts';

const operations: Readonly<Record<string, SqsOperation>> = {
  ...queueOperations,
  ...messageOperations,
};

/**
 * Runs an operation of the SQS API: `SendMessage`.
 *
 * @throws {MessagingApiError} if it does not succeed
 */
export async function runSqs(operation: string, given: Json, context: Context): Promise<Json> {
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (found === undefined)
    throw notDone(`${operation}: only ${Object.keys(operations).sort().join(', ')}`);
  const parameters = checked(given, found.known, (name) => notDone(`${name} in ${operation}`));
  return found.run(parameters, context);
}
