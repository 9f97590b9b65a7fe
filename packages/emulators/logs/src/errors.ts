import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of CloudWatch Logs that is not a success; `name` is AWS's exception name. */
export class LogsApiError extends LocalCloudError {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;

  constructor(name: string, message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** An operation, a parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (what: string): LogsApiError =>
  new LogsApiError(
    'NotImplementedException',
    `The local cloud's CloudWatch Logs does not do ${what}.`,
    501,
  );

export const invalid = (message: string, cause?: unknown): LogsApiError =>
  new LogsApiError('InvalidParameterException', message, 400, { cause });

/** A body that is not the JSON which the protocol says. */
export const unreadable = (message: string, cause?: unknown): LogsApiError =>
  new LogsApiError('SerializationException', message, 400, { cause });

export const noGroup = (): LogsApiError =>
  new LogsApiError('ResourceNotFoundException', 'The specified log group does not exist.');

export const noStream = (): LogsApiError =>
  new LogsApiError('ResourceNotFoundException', 'The specified log stream does not exist.');
