export type { FunctionImage, FunctionImages } from './create-function.ts';
export { createLambda, type LambdaEmulator } from './create-lambda.ts';
export { LambdaError } from './errors.ts';
export type { FunctionSettings, SettingsChange } from './functions.ts';
export type { LocalFunction, WorkerStart } from './local-function.ts';
export { openSavedFunctions, type SavedFunctions } from './saved-functions.ts';
export type { ExecutedInvocation, ServedFunction } from './served-function.ts';
export type { LambdaOptions, LambdaService } from './service.ts';
export type { WorkerProgram } from './worker.ts';
