/**
 * The errors of the protocol. An error's `name` is its identity: it becomes the Lambda `errorType`, state
 * machines match on it, and it decides the HTTP status. Names are written out, so that minifying a bundle
 * keeps them.
 */

/** Status by error name: ours first, then what AWS, Step Functions and the platform throw. */
const statuses = new Map<string, number>([
  ['InvalidRequestError', 400],
  ['NotFoundError', 404],
  ['ConflictError', 409],
  ['PayloadTooLargeError', 413],
  ['UnsupportedMediaTypeError', 415],
  ['OutOfRangeError', 422],
  ['ThrottledError', 429],
  ['InternalError', 500],
  ['UnsupportedError', 501],
  ['UnavailableError', 503],
  ['DeadlineExceededError', 504],
  ['ModelLoadError', 503],
  ['FeaturesUnavailableError', 503],
  ['RequestTooLargeException', 413],
  ['Lambda.TooManyRequestsException', 429],
  ['TooManyRequestsException', 429],
  ['ThrottlingException', 429],
  ['Lambda.ServiceException', 503],
  ['ServiceException', 503],
  ['Lambda.SdkClientException', 503],
  ['States.Timeout', 504],
  ['States.HeartbeatTimeout', 504],
  ['Sandbox.Timedout', 504],
  ['TimeoutError', 504],
]);

/** The messages that a caller reads when the real one may hold something internal. */
const publicMessages = new Map<number, string>([
  [413, 'the request is too large'],
  [429, 'too many requests at once; wait a moment and try again'],
  [503, 'the model is unavailable right now; try again later'],
  [504, 'the deadline passed before an answer was ready'],
]);

/** Returns the HTTP status that stands for an error's name; 500 for an unknown name. */
export function statusOfErrorName(name: string): number {
  return statuses.get(name) ?? 500;
}

/** Base of every error of the protocol. Its message is meant for the caller: it says what to do. */
export class ProtocolError extends Error {
  /** HTTP status of the answer. */
  readonly status: number;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    // Not enumerable, as in the built-in errors: printing an error shows its name once.
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
    this.status = statusOfErrorName(name);
  }
}

/** 400: the request is malformed or does not fit the model. Sending it again is useless. */
export class InvalidRequestError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('InvalidRequestError', message, options);
  }
}

/** 404: no such model, version or path. Sending it again is useless. */
export class NotFoundError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('NotFoundError', message, options);
  }
}

/** 409: what was sent contradicts what is kept under its name. Sending it again is useless. */
export class ConflictError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('ConflictError', message, options);
  }
}

/** 413: the body is larger than the service takes. Send fewer rows. */
export class PayloadTooLargeError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('PayloadTooLargeError', message, options);
  }
}

/** 415: the body's type or encoding is not one the service reads. */
export class UnsupportedMediaTypeError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('UnsupportedMediaTypeError', message, options);
  }
}

/** 422: well formed, but a value lies outside the range its column allows. */
export class OutOfRangeError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('OutOfRangeError', message, options);
  }
}

/** 429: too many requests at once. Worth trying again after a pause. */
export class ThrottledError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('ThrottledError', message, options);
  }
}

/** 500: a fault of ours. The message must not tell how the service is built. */
export class InternalError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('InternalError', message, options);
  }
}

/** 501: part of the protocol that this service does not implement. */
export class UnsupportedError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('UnsupportedError', message, options);
  }
}

/** 503: the model, or the service, cannot answer right now. Worth trying again. */
export class UnavailableError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('UnavailableError', message, options);
  }
}

/** 504: the caller's deadline passed. Trying again helps only with a later deadline. */
export class DeadlineExceededError extends ProtocolError {
  constructor(message: string, options?: ErrorOptions) {
    super('DeadlineExceededError', message, options);
  }
}

/** Returns the error class for a status; a status without one of its own gets the nearest: 400 for 4xx, else 500. */
export function errorOfStatus(
  status: number,
  message: string,
  options?: ErrorOptions,
): ProtocolError {
  switch (status) {
    case 404:
      return new NotFoundError(message, options);
    case 408:
    case 504:
      return new DeadlineExceededError(message, options);
    case 409:
      return new ConflictError(message, options);
    case 413:
      return new PayloadTooLargeError(message, options);
    case 415:
      return new UnsupportedMediaTypeError(message, options);
    case 422:
      return new OutOfRangeError(message, options);
    case 429:
      return new ThrottledError(message, options);
    case 501:
      return new UnsupportedError(message, options);
    case 502:
    case 503:
      return new UnavailableError(message, options);
    default:
      return status >= 400 && status < 500
        ? new InvalidRequestError(message, options)
        : new InternalError(message, options);
  }
}

/** An HTTP answer that carries an error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: string };
}

/**
 * Returns the HTTP answer for anything thrown. The protocol's own errors speak for themselves; of any other error
 * only the status that its name implies gets out, with a general sentence: its message may hold paths, keys or rows.
 */
export function toErrorBody(error: unknown): ErrorAnswer {
  if (error instanceof ProtocolError) {
    return { status: error.status, body: { error: error.message } };
  }
  const status = error instanceof Error ? statusOfErrorName(error.name) : 500;
  // A plain error that borrows the name of a 4xx class still may not speak for us.
  const message =
    publicMessages.get(status) ?? 'internal error; the request id names it in the logs';
  return { status: publicMessages.has(status) ? status : 500, body: { error: message } };
}
