/** There is no connection, or it broke in the middle. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** Nothing came for too long. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The API answered with a failure. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  /** When to ask again, in seconds, if the API says so. */
  readonly retryAfter: number | undefined;

  /** @param reason the API's own words */
  constructor(status: number, reason: string, retryAfter?: number) {
    super(reason);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A file cannot be used; the message is for its owner. */
export class UnreadablePhotoError extends Error {
  override readonly name = 'UnreadablePhotoError';
}
