export type { AnsweredBody, ShownAnswer, WorkflowAnswer } from './answers/answer.ts';
export { BlueprintError } from './errors.ts';
export { examplesOf } from './examples.ts';
export { gateway, http, model, task } from './functions.ts';
export { type IdentifyPhoto, identifyPhoto } from './identify-photo.ts';
export { apiTimeoutSeconds, budgetMs, maxInputBytes, timeoutSeconds } from './limits.ts';
export {
  bucketVariable,
  liveAlias,
  physicalName,
  substitutionKey,
  versionVariable,
} from './names.ts';
export { maxInlinePhotoBytes } from './photo-request.ts';
export type { InputMeans, MemberOutline, Terminal, WorkflowRequest } from './requests/request.ts';
export { type ScatterGather, scatterGather } from './scatter-gather.ts';
export type {
  Blueprint,
  BucketSpec,
  FeatureStoreSpec,
  FunctionSpec,
  RouteSpec,
  WorkflowSpec,
} from './types.ts';
