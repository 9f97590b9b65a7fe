import { ModelLoadError } from './errors.ts';

/** Where an object is. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The error for what S3 said about an object, by its error code (`NoSuchKey`) or HTTP status (`404`); `undefined`
 * when that decides nothing.
 */
export function refusal(
  { bucket, key }: ObjectAddress,
  code: string,
  options?: ErrorOptions,
): ModelLoadError | undefined {
  switch (code) {
    case 'NoSuchBucket':
      return new ModelLoadError(
        'missing-bucket',
        `the bucket ${bucket} does not exist: create it, or correct MODEL_BUCKET`,
        options,
      );
    case 'NoSuchKey':
    case 'NotFound':
    case '404':
      return new ModelLoadError(
        'missing-key',
        `s3://${bucket}/${key} does not exist: push this version, or correct MODEL_KEY`,
        options,
      );
    case 'AccessDenied':
    case '403':
      return new ModelLoadError(
        'access-denied',
        `s3://${bucket}/${key} may not be read: allow this function s3:GetObject on it (without s3:ListBucket, a missing object looks the same)`,
        options,
      );
    default:
      return undefined;
  }
}

/** The error for an S3 that gave neither the object nor a reason that decides anything. */
export function unreachable(
  { bucket, key }: ObjectAddress,
  story: string,
  cause: unknown,
): ModelLoadError {
  return new ModelLoadError(
    'unreachable',
    `S3 did not give s3://${bucket}/${key} ${story}; the next invocation tries again`,
    { cause },
  );
}
