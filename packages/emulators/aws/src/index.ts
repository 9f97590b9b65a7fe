export {
  accountId,
  eventBusArn,
  executionArn,
  functionArn,
  queueArn,
  queueUrl,
  region,
  stateMachineArn,
  topicArn,
} from './account.ts';
export { answerInJson } from './answer-in-json.ts';
export { AwsApiError, unreadable } from './api-error.ts';
export { s3Names } from './aws-errors.ts';
export { damagedJson } from './damage.ts';
export { type Fields, fieldsOf, parseBody } from './json-body.ts';
export { RequestAbortedError, readBody, readRaw } from './request-body.ts';
export { type AwsAnswer, type Refusal, refusalInJson, refuseInJson, sendAnswer } from './send.ts';
export { type Interceptor, sending } from './sending.ts';
export { type AwsRequest, type Handle, signedHandler } from './signed-handler.ts';
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
