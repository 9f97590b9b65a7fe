export { type Clock, systemClock, wallClock } from './clock.ts';
export { type CompileOptions, compile } from './compile.ts';
export type { MachineDefinition, StateDefinition, StateType } from './definition.ts';
export { AslError, type DefinitionProblem, InvalidDefinitionError, StatesError } from './errors.ts';
export { execute } from './execute.ts';
export type {
  ExecuteOptions,
  ExecutionResult,
  LongTask,
  StateEvent,
  StateStart,
  TaskRequest,
} from './execution.ts';
export {
  type HistoryEvent,
  type Journal,
  type JournalChange,
  type Place,
  pathText,
} from './journal.ts';
export { payloadLimitBytes } from './limits.ts';
export type { MachineType, StateMachine } from './machine.ts';
export type { MapBatches, MapItems, MapResults, MapRunRequest } from './map-run.ts';
export { type MovableClock, movableClock } from './movable-clock.ts';
export { longestHistory, openJournal, type ToldEvent } from './open-journal.ts';
export type { ContextObject } from './query.ts';
export { redrivenPlaces } from './redrive.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
