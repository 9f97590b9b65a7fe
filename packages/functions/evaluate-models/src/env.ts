/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** Where candidates are, and which functions answer now. Region and credentials the AWS SDK finds itself. */
export interface EvaluateSettings {
  /** The bucket of rows and candidates. */
  readonly bucket: string;
  /** Function and alias that answer, by model: `chorus-some-model:live`. */
  readonly functions: Readonly<Record<string, string>>;
  /** Whether S3 is somewhere else than at AWS, where buckets have no host names of their own. */
  readonly hasOwnEndpoint: boolean;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new ConfigurationError(`${name} is not set: it says what is compared with what`);
  return value;
}

/**
 * Reads TRAINING_BUCKET and MODEL_FUNCTIONS, and whether there is an AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
 *
 * @throws {ConfigurationError} naming the variable that is missing or wrong
 */
export function readSettings(): EvaluateSettings {
  const bucket = needed('TRAINING_BUCKET');
  const text = needed('MODEL_FUNCTIONS');
  let functions: unknown;
  try {
    functions = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError('MODEL_FUNCTIONS is not JSON', { cause });
  }
  const isNames =
    typeof functions === 'object' &&
    functions !== null &&
    Object.values(functions).every((name) => typeof name === 'string');
  if (!isNames)
    throw new ConfigurationError('MODEL_FUNCTIONS: expected a JSON object of functions by model');
  return {
    bucket,
    functions: functions as Readonly<Record<string, string>>,
    hasOwnEndpoint: Boolean(process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']),
  };
}
