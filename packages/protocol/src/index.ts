export {
  DeadlineExceededError,
  type ErrorAnswer,
  errorOfStatus,
  InternalError,
  InvalidRequestError,
  NotFoundError,
  OutOfRangeError,
  PayloadTooLargeError,
  ProtocolError,
  statusOfErrorName,
  ThrottledError,
  toErrorBody,
  UnavailableError,
  UnsupportedError,
  UnsupportedMediaTypeError,
} from './errors.ts';
export * from './types.ts';
