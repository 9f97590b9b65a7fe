/** The only file of this package that touches `process.env`: what the deployment tells the function. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** Where candidates are, and what they are released to. Region and credentials the AWS SDK finds itself. */
export interface ReleaseSettings {
  /** The bucket of candidates. */
  readonly trainingBucket: string;
  /** The bucket of versions. */
  readonly modelsBucket: string;
  /** Function and alias that answer, by model: `chorus-some-model:live`. */
  readonly functions: Readonly<Record<string, string>>;
  /** Whether S3 is somewhere else than at AWS, where buckets have no host names of their own. */
  readonly hasOwnEndpoint: boolean;
}

/** @throws {ConfigurationError} when the variable is not set */
function needed(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new ConfigurationError(`${name} is not set: it says what is released, and from where`);
  return value;
}

/** @throws {ConfigurationError} unless it is a JSON object of texts */
function namesIn(variable: string): Readonly<Record<string, string>> {
  const text = needed(variable);
  try {
    const names: unknown = JSON.parse(text);
    if (
      typeof names === 'object' &&
      names !== null &&
      Object.values(names).every((name) => typeof name === 'string')
    )
      return names as Readonly<Record<string, string>>;
  } catch (cause) {
    throw new ConfigurationError(`${variable} is not JSON`, { cause });
  }
  throw new ConfigurationError(`${variable}: expected a JSON object of functions by model`);
}

/**
 * Reads TRAINING_BUCKET, MODELS_BUCKET and RELEASE_FUNCTIONS, and whether there is an AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
 *
 * @throws {ConfigurationError} naming the variable that is missing or wrong
 */
export function readSettings(): ReleaseSettings {
  return {
    trainingBucket: needed('TRAINING_BUCKET'),
    modelsBucket: needed('MODELS_BUCKET'),
    functions: namesIn('RELEASE_FUNCTIONS'),
    hasOwnEndpoint: Boolean(process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']),
  };
}
