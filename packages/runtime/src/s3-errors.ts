import { ModelLoadError, type ModelLoadReason, RuntimeFailure } from './errors.ts';

/** The bucket and key of an object. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** The reason for which an object was not read; a stable word. */
export type ObjectReason =
  | 'missing-bucket'
  | 'missing-key'
  | 'access-denied'
  | 'too-large'
  | 'unreachable';

/** An object of S3 was not read. Its reader knows what the object is, and says what to do about it. */
export class ObjectError extends RuntimeFailure {
  readonly reason: ObjectReason;

  constructor(reason: ObjectReason, message: string, options?: ErrorOptions) {
    super('ObjectError', message, options);
    this.reason = reason;
  }
}

/**
 * Returns the error for what S3 said about an object, by its error code (`NoSuchKey`) or HTTP status (`404`);
 * `undefined` when that decides nothing.
 */
export function refusal(
  { bucket, key }: ObjectAddress,
  code: string,
  options?: ErrorOptions,
): ObjectError | undefined {
  switch (code) {
    case 'NoSuchBucket':
      return new ObjectError('missing-bucket', `the bucket ${bucket} does not exist`, options);
    case 'NoSuchKey':
    case 'NotFound':
    case '404':
      return new ObjectError('missing-key', `s3://${bucket}/${key} does not exist`, options);
    case 'AccessDenied':
    case '403':
      return new ObjectError(
        'access-denied',
        `s3://${bucket}/${key} may not be read: allow this function s3:GetObject on it (without s3:ListBucket, a missing object looks the same)`,
        options,
      );
    default:
      return undefined;
  }
}

/** Returns the error for an object that has more bytes than its reader takes. */
export function tooLarge(
  { bucket, key }: ObjectAddress,
  maxBytes: number,
  options?: ErrorOptions,
): ObjectError {
  return new ObjectError(
    'too-large',
    `s3://${bucket}/${key} has more than ${maxBytes} bytes`,
    options,
  );
}

/** Returns the error for an S3 that gave neither the object nor a reason that decides anything. */
export function unreachable(
  { bucket, key }: ObjectAddress,
  story: string,
  cause: unknown,
): ObjectError {
  return new ObjectError('unreachable', `S3 did not give s3://${bucket}/${key} ${story}`, {
    cause,
  });
}

/** The remedies when weights are not read. No limit is set on their size. */
const adviceForWeights: Partial<Record<ObjectReason, string>> = {
  'missing-bucket': ': create it, or correct MODEL_BUCKET',
  'missing-key': ': push this version, or correct MODEL_KEY',
  unreachable: '; the next invocation tries again',
};

/** Returns the error for an object that is (part of) a model. */
export function modelFailure({ reason, message, cause }: ObjectError): ModelLoadError {
  const modelReason: ModelLoadReason = reason === 'too-large' ? 'wrong-size' : reason;
  return new ModelLoadError(modelReason, `${message}${adviceForWeights[reason] ?? ''}`, { cause });
}
