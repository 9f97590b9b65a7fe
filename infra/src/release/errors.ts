import { InfraError } from '../errors.ts';

/** What stands in the way of a release, all of it at once; nothing was changed. */
export class PreflightError extends InfraError {
  override readonly name = 'PreflightError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'One thing stands' : `${problems.length} things stand`} in the way; nothing was changed:\n${problems.map((each) => `  - ${each}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** A release failed at one of its steps; the message says what is live. */
export class ReleaseError extends InfraError {
  override readonly name = 'ReleaseError';
  /** The step's name. */
  readonly step: string;
  /** Whether what was live before is live again, all of it. */
  readonly isBack: boolean;

  constructor(message: string, step: string, isBack: boolean, options: ErrorOptions) {
    super(message, options);
    this.step = step;
    this.isBack = isBack;
  }
}

/** Ctrl-C was pressed, or the machine is being shut down. */
export class InterruptedError extends InfraError {
  override readonly name = 'InterruptedError';
}

/** CodeDeploy did not move the requests of a function to its new version. */
export class ShiftError extends InfraError {
  override readonly name = 'ShiftError';
}

/** The feature store's database wakes up; it answers after some 15 seconds. */
export class DatabaseResumingError extends InfraError {
  override readonly name = 'DatabaseResumingError';
}

/** A command line that cannot be followed. */
export class CommandError extends InfraError {
  override readonly name = 'CommandError';
}
