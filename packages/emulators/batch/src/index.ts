export { type BatchEmulator, createBatch } from './create-batch.ts';
export type {
  ExitRule,
  JobProgram,
  JobStart,
  LocalJobDefinition,
  LocalJobQueue,
  RetryStrategy,
} from './local-job.ts';
export { jobDefinitionArn, jobQueueArn } from './names.ts';
export type { BatchOptions, BatchService } from './service.ts';
