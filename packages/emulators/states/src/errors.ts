import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of the Step Functions API that is not a success; `name` is AWS's exception name. */
export class StatesApiError extends LocalCloudError {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** An operation, a parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (what: string): StatesApiError =>
  new StatesApiError(
    'NotImplementedException',
    `The local cloud's Step Functions does not do ${what}.`,
  );

/** A body that is not what AWS JSON 1.0 says. */
export const unreadable = (message: string, cause?: unknown): StatesApiError =>
  new StatesApiError('SerializationException', message, { cause });

/** An operation that the state machine's type does not have. */
export const typeNotSupported = (): StatesApiError =>
  new StatesApiError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
