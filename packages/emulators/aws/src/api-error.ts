import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of an AWS API that is not a success; `name` is AWS's exception name. */
export class AwsApiError extends LocalCloudError {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;

  constructor(name: string, message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** A body that is not the JSON which the protocol says. */
export const unreadable = (message: string, cause?: unknown): AwsApiError =>
  new AwsApiError('SerializationException', message, 400, { cause });
