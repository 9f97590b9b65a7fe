/** Base of every error the local cloud throws on purpose. */
export class LocalCloudError extends Error {
  override readonly name: string = 'LocalCloudError';
}

/** The local cloud cannot start as asked; the message says what to change. */
export class StartError extends LocalCloudError {
  override readonly name = 'StartError';
}

/** A file or folder of the local cloud cannot be used; the message names it and says what to do. */
export class FileError extends LocalCloudError {
  override readonly name = 'FileError';
}
