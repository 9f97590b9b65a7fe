export { accountId, executionArn, functionArn, region, stateMachineArn } from './account.ts';
export { jsonNames, s3Names } from './aws-errors.ts';
export { RequestAbortedError, readBody, readRaw } from './request-body.ts';
export {
  canonicalRequest,
  hmac,
  type SignedRequest,
  sha256,
  signatureOf,
  signingKey,
} from './signed-request.ts';
export {
  type Credentials,
  type SignatureRefusal,
  verifyHeader,
  whereCredentialsAre,
} from './verify-header.ts';
