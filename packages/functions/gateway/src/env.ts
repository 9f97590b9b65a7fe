/** The only file of this package that touches `process.env`: what the deployment tells the gateway. */

import { ConfigurationError } from '@chorus/runtime/errors';

/** Name in the protocol -> name, ARN or alias in AWS. */
export type Names = Readonly<Record<string, string>>;

/** The functions and state machines that the gateway calls. */
export interface GatewaySettings {
  /** Lambda function of each model: `{"my-model": "chorus-my-model:live"}`. */
  readonly modelFunctions: Names;
  /** State machine of each workflow: `{"house-price": "arn:aws:states:…"}`. */
  readonly workflowArns: Names;
  /** The bucket in which photos wait for a workflow: `chorus-uploads`. */
  readonly uploadsBucket?: string;
}

/**
 * Reads MODEL_FUNCTIONS and WORKFLOW_ARNS, JSON objects of strings, of which an unset one is empty, and UPLOADS_BUCKET.
 *
 * @throws ConfigurationError naming the variable.
 */
export function readSettings(): GatewaySettings {
  const uploadsBucket = process.env['UPLOADS_BUCKET'];
  return {
    modelFunctions: parseNames('MODEL_FUNCTIONS', process.env['MODEL_FUNCTIONS'] || '{}'),
    workflowArns: parseNames('WORKFLOW_ARNS', process.env['WORKFLOW_ARNS'] || '{}'),
    ...(uploadsBucket && { uploadsBucket }),
  };
}

/** Tells whether Step Functions is somewhere else than at AWS, e.g. on this machine. */
export function hasOwnStatesEndpoint(): boolean {
  return Boolean(process.env['AWS_ENDPOINT_URL_SFN'] || process.env['AWS_ENDPOINT_URL']);
}

/** Tells whether S3 is somewhere else than at AWS, where buckets have no host names of their own. */
export function hasOwnS3Endpoint(): boolean {
  return Boolean(process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']);
}

function parseNames(variable: string, text: string): Names {
  const expected = `${variable}: expected a JSON object of names, e.g. {"my-model":"chorus-my-model:live"}`;
  let names: unknown;
  try {
    names = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`${expected}, got something that is not JSON`, { cause });
  }
  const isNames =
    typeof names === 'object' &&
    names !== null &&
    !Array.isArray(names) &&
    Object.values(names).every((name) => typeof name === 'string' && name !== '');
  if (!isNames) {
    throw new ConfigurationError(expected);
  }
  return names as Names;
}
