/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** The table of predictions and the queue of dead letters. Region, credentials and endpoint the AWS SDK finds itself. */
export interface BurySettings {
  readonly table: string;
  readonly deadLettersQueue: string;
  /** URL of the queue that this function takes its messages from. */
  readonly lostQueue: string;
  /** URL of the queue of requests whose workflow is run as a whole. */
  readonly requestsQueue: string;
  /** URL of the queue of messages that are no requests. */
  readonly unreadableQueue: string;
  /** The bus that is told of the ends of requests. */
  readonly bus: string;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new ConfigurationError(`${name} is not set: it says where predictions, or letters, are`);
  return value;
}

/**
 * Reads PREDICTIONS_TABLE, DEAD_LETTERS_QUEUE, PREDICTIONS_LOST_QUEUE, PREDICTIONS_QUEUE, PREDICTIONS_UNREADABLE_QUEUE
 * and PREDICTIONS_BUS.
 *
 * @throws {ConfigurationError} when one is not set
 */
export function readSettings(): BurySettings {
  return {
    table: needed('PREDICTIONS_TABLE'),
    deadLettersQueue: needed('DEAD_LETTERS_QUEUE'),
    lostQueue: needed('PREDICTIONS_LOST_QUEUE'),
    requestsQueue: needed('PREDICTIONS_QUEUE'),
    unreadableQueue: needed('PREDICTIONS_UNREADABLE_QUEUE'),
    bus: needed('PREDICTIONS_BUS'),
  };
}
