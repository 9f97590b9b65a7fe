import type { SignatureRefusal } from './verify-header.ts';

type Reason = SignatureRefusal['reason'];

/** S3's names for why a signature is not accepted. */
export const s3Names: Readonly<
  Record<
    Reason,
    | 'AccessDenied'
    | 'AuthorizationHeaderMalformed'
    | 'InvalidAccessKeyId'
    | 'RequestTimeTooSkewed'
    | 'SignatureDoesNotMatch'
    | 'XAmzContentSHA256Mismatch'
  >
> = {
  incomplete: 'AuthorizationHeaderMalformed',
  'unknown key': 'InvalidAccessKeyId',
  mismatch: 'SignatureDoesNotMatch',
  time: 'RequestTimeTooSkewed',
  'not signed': 'AccessDenied',
  payload: 'XAmzContentSHA256Mismatch',
};

/** The names that services which speak JSON have for the same. */
export const jsonNames: Readonly<Record<Reason, string>> = {
  incomplete: 'IncompleteSignatureException',
  'unknown key': 'UnrecognizedClientException',
  mismatch: 'InvalidSignatureException',
  time: 'InvalidSignatureException',
  'not signed': 'InvalidSignatureException',
  payload: 'InvalidSignatureException',
};
