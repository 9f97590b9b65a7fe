/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** What the function uses. Region and credentials the AWS SDK finds itself. */
export interface RunSettings {
  /** State machine of each workflow: `{"price": "arn:aws:states:…"}`. */
  readonly workflowArns: Readonly<Record<string, string>>;
  /** The table of predictions. */
  readonly table: string;
  /** URL of the queue that the messages come from. */
  readonly queue: string;
  /** URL of the queue of requests that are to become dead letters. */
  readonly lostQueue: string;
  /** The bus that is told of the ends of requests. */
  readonly bus: string;
  /** Whether Step Functions is somewhere else than at AWS, e.g. on this machine. */
  readonly hasOwnStatesEndpoint: boolean;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new ConfigurationError(`${name} is not set: the function runs behind queue and table`);
  return value;
}

/** @throws {ConfigurationError} unless it is a JSON object of texts */
function namesIn(variable: string): Readonly<Record<string, string>> {
  let names: unknown;
  try {
    names = JSON.parse(needed(variable));
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError(`${variable} is not JSON`, { cause });
  }
  const isNames =
    typeof names === 'object' &&
    names !== null &&
    Object.values(names).every((name) => typeof name === 'string');
  if (!isNames)
    throw new ConfigurationError(
      `${variable}: expected a JSON object, e.g. {"price":"arn:aws:states:…"}`,
    );
  return names as Readonly<Record<string, string>>;
}

/**
 * Reads WORKFLOW_ARNS, PREDICTIONS_TABLE, PREDICTIONS_QUEUE, PREDICTIONS_LOST_QUEUE, PREDICTIONS_BUS, and whether there is an
 * AWS_ENDPOINT_URL_SFN or AWS_ENDPOINT_URL.
 *
 * @throws {ConfigurationError} naming the variable that is missing or wrong
 */
export function readSettings(): RunSettings {
  return {
    workflowArns: namesIn('WORKFLOW_ARNS'),
    table: needed('PREDICTIONS_TABLE'),
    queue: needed('PREDICTIONS_QUEUE'),
    lostQueue: needed('PREDICTIONS_LOST_QUEUE'),
    bus: needed('PREDICTIONS_BUS'),
    hasOwnStatesEndpoint: Boolean(
      process.env['AWS_ENDPOINT_URL_SFN'] || process.env['AWS_ENDPOINT_URL'],
    ),
  };
}
