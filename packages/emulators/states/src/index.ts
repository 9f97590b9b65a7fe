export { handleStates, maxInputBytes } from './api.ts';
export { StatesApiError } from './errors.ts';
export {
  createStates,
  type StatesOptions,
  type StatesService,
  type SyncExecution,
} from './service.ts';
