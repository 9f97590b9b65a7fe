export { createStates, type StatesEmulator } from './create-states.ts';
export { StatesApiError } from './errors.ts';
export { maxInputBytes } from './parameters.ts';
export type { LocalStateMachine, ServedMachine } from './served-machine.ts';
export type { StatesOptions, StatesService } from './service.ts';
export type { SyncExecution } from './sync-execution.ts';
export {
  type CallService,
  type JobCaller,
  type ServiceCallers,
  type ServiceData,
  ServiceError,
} from './tasks/service-callers.ts';
