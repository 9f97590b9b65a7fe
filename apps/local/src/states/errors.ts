import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of the Step Functions API that is not a success; `name` is AWS's exception name. */
export class StatesApiError extends LocalCloudError {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
