import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of the SQS or SNS API that is not a success; `name` is AWS's name of the error. */
export class MessagingApiError extends LocalCloudError {
  override readonly name: string;
  readonly status: number;

  constructor(
    name: string,
    message: string,
    { status = 400, ...options }: ErrorOptions & { readonly status?: number } = {},
  ) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** A parameter whose value is not allowed. */
export const invalid = (message: string): MessagingApiError =>
  new MessagingApiError('InvalidParameterValue', message);

export const noQueue = (): MessagingApiError =>
  new MessagingApiError('QueueDoesNotExist', 'The specified queue does not exist.');
