export { BlueprintError } from './errors.ts';
export { front, model } from './functions.ts';
export { liveAlias, physicalName, substitutionKey, versionVariable } from './names.ts';
export { type ScatterGather, scatterGather } from './scatter-gather.ts';
export { blueprint } from './service.ts';
export type { Blueprint, BucketSpec, FunctionSpec, RouteSpec, WorkflowSpec } from './types.ts';
