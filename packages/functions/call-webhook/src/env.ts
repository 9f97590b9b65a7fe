/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';
import { isLoopbackAddress } from '@chorus/webhooks';

/** The settings of the function. Region, credentials and endpoint the AWS SDK finds itself. */
export interface CallSettings {
  /** The table of predictions. */
  readonly predictions: string;
  /** The table of the URLs that are registered. */
  readonly webhooks: string;
  /** Whether AWS is played by this machine: then programs of it may be told, too. */
  readonly isLocal: boolean;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new ConfigurationError(`${name} is not set: it says where predictions, or webhooks, are`);
  return value;
}

/** Tells whether the endpoint of AWS is an address of this machine. */
function isHere(endpoint: string | undefined): boolean {
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  return url !== null && (url.hostname === 'localhost' || isLoopbackAddress(url.hostname));
}

/**
 * Reads PREDICTIONS_TABLE, WEBHOOKS_TABLE, and whether AWS_ENDPOINT_URL is an address of this machine.
 *
 * @throws {ConfigurationError} when a table is not named
 */
export function readSettings(): CallSettings {
  return {
    predictions: needed('PREDICTIONS_TABLE'),
    webhooks: needed('WEBHOOKS_TABLE'),
    isLocal: isHere(process.env['AWS_ENDPOINT_URL']),
  };
}
