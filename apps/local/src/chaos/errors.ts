import { LocalCloudError } from '@chorus/emulator-files';

/** A fault that cannot be as it was asked for; the message says what to change. */
export class ChaosError extends LocalCloudError {
  override readonly name = 'ChaosError';
}
