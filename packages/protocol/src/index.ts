export { decodeBase64 } from './base64.ts';
export { type EncodedBody, headerLengthName, parseHeaderLength } from './body.ts';
export { checkInputs, type ShowPlace } from './check-inputs.ts';
export { checkText, maxTextBytes } from './check-text.ts';
export { type Client, type ClientOptions, createClient, type InferOptions } from './client.ts';
export { checkElements, countElements } from './elements.ts';
export {
  ConflictError,
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
export {
  decodeInferRequest,
  type EncodeOptions,
  encodeInferRequest,
  parseInferRequest,
} from './infer-request.ts';
export {
  decodeInferResponse,
  encodeInferResponse,
  parseInferResponse,
  selectOutputs,
} from './infer-response.ts';
export { markInfinities } from './infinities.ts';
export { parseJson, stringifyJson } from './json.ts';
export { checkDepth, decodeJson, decodeText, maxJsonDepth } from './json-body.ts';
export { onnxPlatform, toModelMetadata } from './metadata.ts';
export { packTensor } from './packed.ts';
export {
  executionNameOf,
  traceHeader,
  traceIdOf,
  traceIdOfName,
  tracePattern,
  traceparentOf,
} from './trace-context.ts';
export {
  type Column,
  type Datatype,
  datatypes,
  type InferRequest,
  type InferResponse,
  type ModelMetadata,
  type ModelSchema,
  type Parameters,
  type RequestedOutput,
  type ServerMetadata,
  type Tensor,
  type TensorData,
  type TensorMetadata,
  type TensorSpec,
  trialParameter,
} from './types.ts';
export { locate, showNames, showShape, showValue } from './wording.ts';
