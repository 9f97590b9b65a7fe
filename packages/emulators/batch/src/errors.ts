import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of Batch that is not a success; `name` is AWS's exception name. */
export class BatchApiError extends LocalCloudError {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;

  constructor(name: string, message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** A parameter that AWS Batch would refuse too. */
export const invalid = (message: string, cause?: unknown): BatchApiError =>
  new BatchApiError('ClientException', message, 400, { cause });

/** An operation, or a parameter, that this cloud would have to ignore. */
export const notDone = (what: string): BatchApiError =>
  new BatchApiError('NotImplementedException', `The local cloud's Batch does not do ${what}.`, 501);
