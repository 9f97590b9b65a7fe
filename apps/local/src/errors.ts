import { LocalCloudError } from '@chorus/emulator-files';

/** The local cloud cannot start as asked; the message says what to change. */
export class StartError extends LocalCloudError {
  override readonly name = 'StartError';
}
