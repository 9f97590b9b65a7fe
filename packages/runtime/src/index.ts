export {
  type Handler,
  type InvocationContext,
  runBootstrap,
  type SnapStartHooks,
} from './bootstrap.ts';
export {
  ConfigurationError,
  ModelLoadError,
  type ModelLoadReason,
  ResponseSizeTooLargeError,
  RuntimeApiError,
  RuntimeFailure,
} from './errors.ts';
export type { LoadedModel } from './loaded-model.ts';
export {
  keepLoaded,
  type LoadModel,
  loadModel,
  weightsLocation,
} from './loader.ts';
export { createModelHandler, type ModelHandlerOptions } from './model-handler.ts';
export { serveModel } from './serve-model.ts';
export {
  outputOf,
  type PredictRequest,
  runGraph,
  type Serving,
  type SignatureCheck,
} from './serving.ts';
export { checkSignature, type Signature } from './session.ts';
export type { Ort } from './tensors.ts';
export type { WeightsLocation } from './weights.ts';
