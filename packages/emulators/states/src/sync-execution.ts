import type { ExecutionResult } from '@chorus/asl';

/** A finished synchronous execution. */
export interface SyncExecution {
  readonly arn: string;
  readonly name: string;
  readonly result: ExecutionResult;
}
