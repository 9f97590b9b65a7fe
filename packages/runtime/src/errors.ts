/** Errors of this package. Names are written out, so that minifying a bundle keeps them: state machines match on them. */

/** Base of every error that the runtime itself throws. */
export class RuntimeFailure extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
  }
}

/** The function's environment is incomplete or wrong. Only a new configuration helps, so it fails the init phase. */
export class ConfigurationError extends RuntimeFailure {
  constructor(message: string, options?: ErrorOptions) {
    super('ConfigurationError', message, options);
  }
}

/** The fault of a model's weights; a stable word for logs and tests. */
export type ModelLoadReason =
  | 'missing-bucket'
  | 'missing-key'
  | 'access-denied'
  | 'unreachable'
  | 'bad-manifest'
  | 'wrong-size'
  | 'checksum-mismatch'
  | 'not-onnx'
  | 'schema-mismatch';

/** The weights cannot be loaded (503). The next invocation tries again; a caller may as well. */
export class ModelLoadError extends RuntimeFailure {
  readonly reason: ModelLoadReason;

  constructor(reason: ModelLoadReason, message: string, options?: ErrorOptions) {
    super('ModelLoadError', message, options);
    this.reason = reason;
  }
}

/** The answer exceeds what Lambda carries; the name is Lambda's own. Ask for fewer rows. */
export class ResponseSizeTooLargeError extends RuntimeFailure {
  constructor(message: string, options?: ErrorOptions) {
    super('Function.ResponseSizeTooLarge', message, options);
  }
}

/** The Lambda Runtime API answered what it never should; the process exits and Lambda starts another. */
export class RuntimeApiError extends RuntimeFailure {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super('RuntimeApiError', message, options);
    this.status = status;
  }
}

/** What was asked by a message is not answered yet, and may be later: the message is to be received again. */
export class NotAnsweredYetError extends RuntimeFailure {
  constructor(message: string, options?: ErrorOptions) {
    super('NotAnsweredYetError', message, options);
  }
}
