/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';
import { parseNames } from './parse-names.ts';

/** Where to read and to write. Region, credentials and endpoint the AWS SDK finds itself. */
export interface CountSettings {
  /** The table of counts. */
  readonly table: string;
  /** The bucket of models. */
  readonly bucket: string;
  /** The bus of verdicts. */
  readonly bus: string;
  /** Model -> the name of its log group. */
  readonly logs: ReadonlyMap<string, string>;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string, what: string): string {
  const value = process.env[name];
  if (!value) throw new ConfigurationError(`${name} is not set: it says where ${what} are`);
  return value;
}

/**
 * Reads DRIFT_COUNTS_TABLE, MODELS_BUCKET, DRIFT_BUS and MODEL_LOGS, a JSON object of strings.
 *
 * @throws {ConfigurationError} when one is not set, or is something else
 */
export function readSettings(): CountSettings {
  return {
    table: needed('DRIFT_COUNTS_TABLE', 'counts'),
    bucket: needed('MODELS_BUCKET', 'models'),
    bus: needed('DRIFT_BUS', 'verdicts'),
    logs: parseNames('MODEL_LOGS', needed('MODEL_LOGS', 'the logs of models')),
  };
}
