/** Base of every error that the local cloud, or an emulator of it, throws on purpose. */
export class LocalCloudError extends Error {
  override readonly name: string = 'LocalCloudError';
}

/** A file or folder of the local cloud cannot be used; the message names it and says what to do. */
export class FileError extends LocalCloudError {
  override readonly name = 'FileError';
}
