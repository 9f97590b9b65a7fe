/** Base of every error the local cloud throws on purpose. */
export class LocalCloudError extends Error {
  override readonly name: string = 'LocalCloudError';
}

/** The local cloud cannot start as asked; the message says what to change. */
export class StartError extends LocalCloudError {
  override readonly name = 'StartError';
}
