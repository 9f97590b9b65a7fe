import type { MachineDefinition, StateType } from './definition.ts';
import type { StatesError } from './errors.ts';
import type { Execution } from './execution.ts';
import type { ContextObject, MapItem, Variables } from './query.ts';
import type { Retrier } from './retry.ts';

/** A compiled definition, ready to be executed any number of times, also at once. */
export interface StateMachine {
  readonly name: string;
  /** The definition as compiled, substitutions done. */
  readonly definition: MachineDefinition;
  readonly graph: Graph;
  readonly timeoutSeconds: number;
}

/** States that transition among themselves: the machine's own, a branch's, or a Map's. */
export interface Graph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface State {
  readonly name: string;
  readonly type: StateType;
  /** Whether its type may have a `Retry`; only then has its context a `RetryCount`. */
  readonly retryable: boolean;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  /** One attempt. Rejects with a `StatesError`, or with an `Interruption` when told to stop. */
  run(visit: Visit): Promise<Step>;
}

/** A compiled Catcher; `catch` makes the input of its next state out of the error. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  catch(visit: Visit, error: StatesError): Promise<Step>;
}

/** The result of a state: its output, the next state, and the variables to set on the way. */
export interface Step {
  readonly output: unknown;
  /** The next state's name; `undefined` ends the graph. */
  readonly next: string | undefined;
  readonly assign: Variables | undefined;
}

/** One graph being run: a branch has a scope of its own, which starts from the outer variables. */
export interface Scope {
  readonly execution: Execution;
  readonly signal: AbortSignal;
  /** Names and indexes that lead here: `['Gather', '0']`. */
  readonly path: readonly string[];
  readonly item: MapItem | undefined;
  variables: Variables;
}

/** One attempt at one state. */
export interface Visit {
  readonly state: string;
  /** The raw input. */
  readonly input: unknown;
  readonly scope: Scope;
  /** How often the state was retried before: `$$.State.RetryCount`. */
  readonly retryCount: number;
  /** The Context Object, made when it is first asked for. */
  readonly context: ContextObject;
}
