/** Every error this package throws or reports extends this class. */
export class AslError extends Error {
  override name = 'AslError';
}

/** One thing wrong with a definition. `path` is a JSON pointer into it, `''` for the whole. */
export interface DefinitionProblem {
  readonly path: string;
  readonly message: string;
}

/** A definition that cannot run. The message lists every problem found, one a line. */
export class InvalidDefinitionError extends AslError {
  override name = 'InvalidDefinitionError';
  readonly problems: readonly DefinitionProblem[];

  constructor(problems: readonly DefinitionProblem[], options?: ErrorOptions) {
    const lines = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
    super(`The state machine definition is not valid:\n${lines.join('\n')}`, options);
    this.problems = problems;
  }
}

/**
 * An error a state reports: `name` is the Error Name that `Retry` and `Catch` match on, `message` the
 * cause. `runTask` may throw it, or any other `Error`: its name and message are read the same way.
 */
export class StatesError extends AslError {
  override name: string;

  constructor(name: string, cause: string, options?: ErrorOptions) {
    super(cause, options);
    this.name = name;
  }
}

/**
 * An error that Step Functions itself reports about a state, such as a path that finds nothing. The state's name and
 * event are put before the cause when it leaves the state.
 */
export class EvaluationError extends StatesError {}

/**
 * A task sent no heartbeat in time. AWS tells of it as `States.Timeout` (recorded); `States.HeartbeatTimeout` in an
 * `ErrorEquals` names it too.
 */
export class HeartbeatTimeout extends StatesError {
  constructor() {
    super('States.Timeout', '');
  }
}

/** Text that is neither a path nor an intrinsic function. */
export class PathSyntaxError extends AslError {
  override name = 'PathSyntaxError';
}

const interruptions = {
  ABORTED: 'The execution was stopped from outside.',
  TIMED_OUT: 'The execution ran longer than it may.',
  SIBLING_FAILED: 'Another branch or item failed.',
};

/** The reason for which an execution, or a branch of it, was told to stop. Never seen by `Retry` or `Catch`. */
export class Interruption extends AslError {
  override name = 'Interruption';
  readonly reason: keyof typeof interruptions;

  constructor(reason: keyof typeof interruptions, options?: ErrorOptions) {
    super(interruptions[reason], options);
    this.reason = reason;
  }
}

/** The input that a Catcher gives its next state: the specification's "Error Output". */
export interface ErrorOutput {
  readonly Error: string;
  readonly Cause: string;
}

/** Returns the Error Output of an error a state reported. */
export function errorOutput(error: StatesError): ErrorOutput {
  return { Error: error.name, Cause: error.message };
}

/** Returns a thrown value's own message, for messages that keep the original as `cause`. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    return String(thrown.message);
  }
  return String(thrown);
}
