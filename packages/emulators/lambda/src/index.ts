export { handleLambda } from './api.ts';
export { LambdaError } from './errors.ts';
export type { FunctionSettings, SettingsChange } from './functions.ts';
export { openSavedFunctions, type SavedFunctions } from './saved-functions.ts';
export type { ExecutedInvocation, ServedFunction } from './served-function.ts';
export {
  createLambda,
  type LambdaOptions,
  type LambdaService,
  type LocalFunction,
  type WorkerStart,
} from './service.ts';
export type { WorkerProgram } from './worker.ts';
