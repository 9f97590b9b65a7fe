import { explainFileError } from '@chorus/emulator-files';

export type S3ErrorCode =
  | 'AccessDenied'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryParametersError'
  | 'BadDigest'
  | 'BucketAlreadyExists'
  | 'BucketNotEmpty'
  | 'EntityTooLarge'
  | 'EntityTooSmall'
  | 'IncompleteBody'
  | 'InternalError'
  | 'InvalidAccessKeyId'
  | 'InvalidArgument'
  | 'InvalidBucketName'
  | 'InvalidDigest'
  | 'InvalidPart'
  | 'InvalidPartOrder'
  | 'InvalidRange'
  | 'InvalidRequest'
  | 'InvalidURI'
  | 'KeyTooLongError'
  | 'MalformedXML'
  | 'MetadataTooLarge'
  | 'MethodNotAllowed'
  | 'MissingContentLength'
  | 'NoSuchBucket'
  | 'NoSuchKey'
  | 'NoSuchUpload'
  | 'NotImplemented'
  | 'NotModified'
  | 'PreconditionFailed'
  | 'RequestTimeTooSkewed'
  | 'SignatureDoesNotMatch'
  | 'XAmzContentSHA256Mismatch';

/** Status and default message of each error, from the S3 API reference "Error responses". */
const errorCodes: Readonly<Record<S3ErrorCode, readonly [status: number, message: string]>> = {
  AccessDenied: [403, 'Access Denied'],
  AuthorizationHeaderMalformed: [400, 'The authorization header is malformed.'],
  AuthorizationQueryParametersError: [400, 'The presigned URL is missing or has wrong parameters.'],
  BadDigest: [400, 'The checksum you specified did not match what we received.'],
  BucketAlreadyExists: [409, 'The requested bucket name is not available.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty.'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size.'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size.'],
  IncompleteBody: [400, 'The body is shorter than the length the headers announced.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The access key of the URL is not the one this local cloud uses.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidDigest: [400, 'The Content-MD5 you specified is not valid.'],
  InvalidPart: [
    400,
    'One or more of the specified parts could not be found, or its ETag did not match.',
  ],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order of part numbers.'],
  InvalidRange: [416, 'The requested range is not satisfiable.'],
  InvalidRequest: [400, 'Invalid Request'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long; at most 1024 bytes of UTF-8.'],
  MalformedXML: [400, 'The XML you provided was not well formed or did not match the schema.'],
  MetadataTooLarge: [400, 'Your metadata headers exceed 2 KB.'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
  NoSuchBucket: [404, 'The specified bucket does not exist.'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchUpload: [
    404,
    'The specified upload does not exist; it may have been aborted or completed.',
  ],
  NotImplemented: [501, 'The local cloud does not implement this.'],
  NotModified: [304, 'Not Modified'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestTimeTooSkewed: [
    403,
    'The difference between the request time and the current time is too large.',
  ],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  XAmzContentSHA256Mismatch: [
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ],
};

/** Extra elements of the error document, such as `{ Key: 'a/b' }`. */
export type ErrorDetails = Readonly<Record<string, string>>;

/** An error the caller is told about, with the code and status Amazon S3 uses for it. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: S3ErrorCode;
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(
    code: S3ErrorCode,
    message?: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message ?? errorCodes[code][1], options);
    this.code = code;
    this.status = errorCodes[code][0];
    this.details = details;
  }
}

/** Refuses a request rather than do half of it; the message names the operation, parameter or header. */
export function notImplemented(what: string): S3Error {
  return new S3Error('NotImplemented', `The local cloud does not implement ${what}.`);
}

/**
 * Returns the error that the caller is told: one that is not S3's becomes an InternalError that says what happened.
 */
export function asS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  // The message reaches the developer's terminal: this S3 is their own, and it is not a bug of theirs.
  const isOfFiles = error instanceof Error && 'syscall' in error;
  const told = isOfFiles ? explainFileError(error, 'a file') : error;
  const why = told instanceof Error ? told.message : String(told);
  return new S3Error('InternalError', `The local S3 failed: ${why}`, {}, { cause: error });
}
