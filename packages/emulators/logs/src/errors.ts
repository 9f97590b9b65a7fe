import { AwsApiError } from '@chorus/emulator-aws';

/** An operation, a parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (what: string): AwsApiError =>
  new AwsApiError(
    'NotImplementedException',
    `The local cloud's CloudWatch Logs does not do ${what}.`,
    501,
  );

export const invalid = (message: string, cause?: unknown): AwsApiError =>
  new AwsApiError('InvalidParameterException', message, 400, { cause });

export const noGroup = (): AwsApiError =>
  new AwsApiError('ResourceNotFoundException', 'The specified log group does not exist.');

export const noStream = (): AwsApiError =>
  new AwsApiError('ResourceNotFoundException', 'The specified log stream does not exist.');
