import { AwsApiError } from '@chorus/emulator-aws';

/** A parameter that AWS Batch would refuse too. */
export const invalid = (message: string, cause?: unknown): AwsApiError =>
  new AwsApiError('ClientException', message, 400, { cause });

/** An operation, or a parameter, that this cloud would have to ignore. */
export const notDone = (what: string): AwsApiError =>
  new AwsApiError('NotImplementedException', `The local cloud's Batch does not do ${what}.`, 501);
