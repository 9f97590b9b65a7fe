import type { MachineDefinition, StateType } from './definition.ts';
import type { StatesError } from './errors.ts';
import type { Execution } from './execution.ts';
import type { ContextObject, MapItem, Variables } from './query.ts';
import type { Retrier } from './retry.ts';
import type { Step } from './step.ts';
import type { Track } from './track.ts';

/** Express executions run once, in memory, for minutes; Standard ones keep a journal and may take a year. */
export type MachineType = 'EXPRESS' | 'STANDARD';

/** A compiled definition, ready to be executed any number of times, also at once. */
export interface StateMachine {
  readonly name: string;
  /** The definition as compiled, substitutions done. */
  readonly definition: MachineDefinition;
  readonly graph: Graph;
  readonly type: MachineType;
  /** Of Express at most five minutes; of Standard only where the definition says so. */
  readonly timeoutSeconds: number | undefined;
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

/** One graph being run: a branch has a scope of its own, which starts from the outer variables. */
export interface Scope {
  readonly execution: Execution;
  readonly signal: AbortSignal;
  /** Names and indexes that lead here: `['Gather', '0']`. */
  readonly path: readonly string[];
  readonly item: MapItem | undefined;
  variables: Variables;
  /** Of a Standard execution: where it tells how far it has got. */
  readonly track: Track | undefined;
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
