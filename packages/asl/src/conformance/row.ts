/** The result of one call of the task: it answers, fails, or never ends. */
type Call =
  | { readonly returns: unknown }
  | { readonly fails: string; readonly cause?: string }
  | { readonly hangs: true };

/** One rule of the language: a small definition and what must come of it. */
export interface ConformanceRow {
  /** A sentence: the rule. */
  readonly title: string;
  /** The source of the row: a section of the States Language specification, or of AWS's guide. */
  readonly spec: string;
  /** The first state is the start. */
  readonly states: Readonly<Record<string, unknown>>;
  readonly language?: 'JSONata';
  readonly timeoutSeconds?: number;
  /** The type of machine that the rule is about. @default both */
  readonly type?: 'EXPRESS';
  readonly input?: unknown;
  /** The results of successive calls of any task; a call that is not listed echoes its arguments. */
  readonly calls?: readonly Call[];
  /** Arguments the tasks must be called with, in order. */
  readonly arguments?: readonly unknown[];
  /** Delays the interpreter must have waited, in seconds, without timeouts. */
  readonly delays?: readonly number[];
  readonly expected:
    | { readonly output: unknown }
    | { readonly error: string; readonly cause?: string | RegExp }
    | { readonly status: 'TIMED_OUT' };
}

/** Returns a machine of the one state `A`. */
export function only(state: Readonly<Record<string, unknown>>): ConformanceRow['states'] {
  return { A: { ...state, End: true } };
}

/** Returns a Task state of the resource that `calls` scripts. */
export function task(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    Type: 'Task',
    Resource: 'arn:aws:lambda:us-east-1:000000000000:function:task',
    ...fields,
  };
}

/** A Choice on one rule: the machine's output tells whether it held. */
export function choose(rule: Readonly<Record<string, unknown>>): ConformanceRow['states'] {
  return {
    A: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Pass', Result: 'yes', End: true },
    No: { Type: 'Pass', Result: 'no', End: true },
  };
}
