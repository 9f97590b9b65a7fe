export type { AnsweredBody, ShownAnswer, WorkflowAnswer } from './answers/answer.ts';
export { BlueprintError } from './errors.ts';
export { examplesOf } from './examples.ts';
export { gateway, gatewayName, http, model, task } from './functions.ts';
export { type IdentifyPhoto, identifyPhoto } from './identify-photo.ts';
export { apiTimeoutSeconds, budgetMs, maxInputBytes, timeoutSeconds } from './limits.ts';
export { bucket } from './links/bucket.ts';
export { featureStore } from './links/feature-store.ts';
export { functions } from './links/functions.ts';
export type { Link } from './links/link.ts';
export { models } from './links/models.ts';
export type { Needs, Resource, Statement, Value } from './links/needs.ts';
export { needsOfFunction } from './links/needs-of-function.ts';
export { workflows } from './links/workflows.ts';
export {
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
