/** The Context Object: `$$` in JSONPath, `$states.context` in JSONata. */
export interface ContextObject {
  readonly Execution: {
    readonly Id: string;
    readonly Input: unknown;
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
    readonly RedriveCount: number;
    /** Only of an execution that was redriven. */
    readonly RedriveTime?: string;
  };
  readonly State: {
    readonly EnteredTime: string;
    readonly Name: string;
    /** Only of states that can be retried, as on AWS. */
    readonly RetryCount?: number;
  };
  /** Only of a task that waits for its token. */
  readonly Task?: { readonly Token: string };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  /** Inside a Map: the item at hand. */
  readonly Map?: { readonly Item: MapItem };
}

export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

/** JSONata's reserved `$states`. */
interface StatesVariable {
  readonly input: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly context: ContextObject;
}

/** Values by name, without the `$`. Never changed: assigning makes a new record. */
export type Variables = Readonly<Record<string, unknown>>;

/** Everything a compiled expression may read, in either language. */
export interface QueryData {
  /** JSONPath's `$`, which depends on the field; JSONata has no such thing. */
  readonly root: unknown;
  readonly states: StatesVariable;
  readonly variables: Variables;
  readonly random: () => number;
}

/**
 * A compiled expression, path or template. JSONPath answers at once, JSONata often with a promise: always
 * `await` it. `undefined` means that a path found nothing; JSON has no such value.
 */
export type Query = (data: QueryData) => unknown;

/** Returns the value of an own field, so that `constructor` and `__proto__` are names like any other. */
export function ownField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
