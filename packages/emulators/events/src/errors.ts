import { AwsApiError } from '@chorus/emulator-aws';
import { LocalCloudError } from '@chorus/emulator-files';

/** A target will never take what it is sent, because it is not there: trying again is of no use. */
export class UndeliverableError extends LocalCloudError {
  override readonly name = 'UndeliverableError';
}

export type ServiceName = 'EventBridge' | 'Scheduler';

/** An operation, a parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (service: ServiceName, what: string): AwsApiError =>
  new AwsApiError(
    'NotImplementedException',
    `The local cloud's ${service} does not do ${what}.`,
    501,
  );

export const invalid = (message: string, cause?: unknown): AwsApiError =>
  new AwsApiError('ValidationException', message, 400, { cause });

export const noResource = (message: string): AwsApiError =>
  new AwsApiError('ResourceNotFoundException', message);

export const noSchedule = (name: string): AwsApiError =>
  new AwsApiError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
