/** The query languages of the specification. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

export type StateType =
  | 'Task'
  | 'Parallel'
  | 'Map'
  | 'Choice'
  | 'Pass'
  | 'Wait'
  | 'Succeed'
  | 'Fail';

/** States that transition among themselves: a whole machine, a branch, or what a Map runs. */
export interface GraphDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

/** A state machine as written. Its structure has been checked before it is read as this type. */
export interface MachineDefinition extends GraphDefinition {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly TimeoutSeconds?: number;
  readonly Version?: string;
}

/** All fields any type of state has; which type has which is checked by asl-validator. */
export interface StateDefinition {
  readonly Type: StateType;
  readonly QueryLanguage?: QueryLanguage;
  readonly Comment?: string;
  readonly Next?: string;
  readonly End?: boolean;
  // JSONPath
  readonly InputPath?: string | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly ResultPath?: string | null;
  readonly OutputPath?: string | null;
  readonly Result?: unknown;
  // JSONata
  readonly Arguments?: unknown;
  readonly Output?: unknown;
  // Both
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Retry?: readonly RetrierDefinition[];
  readonly Catch?: readonly CatcherDefinition[];
  // Task
  readonly Resource?: string;
  readonly Credentials?: unknown;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
  // Choice
  readonly Choices?: readonly ChoiceRuleDefinition[];
  readonly Default?: string;
  // Wait
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  // Fail
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
  // Parallel
  readonly Branches?: readonly GraphDefinition[];
  // Map
  readonly Items?: unknown;
  readonly ItemsPath?: string;
  readonly ItemSelector?: unknown;
  readonly ItemProcessor?: MapProcessorDefinition;
  readonly Iterator?: MapProcessorDefinition;
  readonly Label?: string;
  readonly ItemReader?: unknown;
  readonly ItemBatcher?: unknown;
  readonly ResultWriter?: unknown;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
}

interface MapProcessorDefinition extends GraphDefinition {
  readonly ProcessorConfig?: {
    readonly Mode?: 'INLINE' | 'DISTRIBUTED';
    /** Only in distributed mode. */
    readonly ExecutionType?: 'EXPRESS' | 'STANDARD';
  };
}

export interface RetrierDefinition {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface CatcherDefinition {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Output?: unknown;
  readonly Assign?: Readonly<Record<string, unknown>>;
}

/** A rule with `Condition` (JSONata), or a comparison or And, Or, Not (JSONPath). */
export interface ChoiceRuleDefinition {
  readonly Next?: string;
  readonly Condition?: string | boolean;
  readonly Output?: unknown;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly And?: readonly ChoiceRuleDefinition[];
  readonly Or?: readonly ChoiceRuleDefinition[];
  readonly Not?: ChoiceRuleDefinition;
  readonly Variable?: string;
  readonly [comparison: string]: unknown;
}
