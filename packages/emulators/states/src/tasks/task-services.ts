import type { Clock } from '@chorus/asl';
import type { LambdaService } from '@chorus/emulator-lambda';
import type { TaskTokens } from '../standard/task-tokens.ts';
import type { ServiceCallers } from './service-callers.ts';
import type { NestedExecutions } from './start-execution-task.ts';

/** The services that tasks ask. */
export interface TaskServices {
  readonly lambda: Pick<LambdaService, 'invoke'>;
  readonly nested: NestedExecutions;
  readonly callers: ServiceCallers;
  readonly tokens: Pick<TaskTokens, 'wait'>;
  readonly clock: Clock;
}
