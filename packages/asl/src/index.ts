export { type Clock, systemClock } from './clock.ts';
export { type CompileOptions, compile } from './compile.ts';
export type { MachineDefinition, StateDefinition, StateType } from './definition.ts';
export { AslError, type DefinitionProblem, InvalidDefinitionError, StatesError } from './errors.ts';
export { execute } from './execute.ts';
export type {
  ExecuteOptions,
  ExecutionResult,
  StateEvent,
  StateStart,
  TaskRequest,
} from './execution.ts';
export { payloadLimitBytes } from './limits.ts';
export type { StateMachine } from './machine.ts';
export type { ContextObject } from './query.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
