import { CliError } from '../errors.ts';

/** A request of the console's page that is not served. */
export class ConsoleRefusal extends CliError {
  override name = 'ConsoleRefusal';
  /** Of HTTP. */
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
