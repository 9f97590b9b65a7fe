/** Base of what this package throws; all of it is meant for the person who deploys. */
export class InfraError extends Error {}

/** Options of the service contradict each other, or what AWS allows. */
export class OptionError extends InfraError {
  override readonly name = 'OptionError';
}

/** A function has no bundle to make an image of, or one for another processor. */
export class MissingBundleError extends InfraError {
  override readonly name = 'MissingBundleError';
}

/** The live versions at AWS cannot be taken over by a deployment now. */
export class LiveVersionError extends InfraError {
  override readonly name = 'LiveVersionError';
}

/** A deployed service does not answer as it should. */
export class SmokeTestError extends InfraError {
  override readonly name = 'SmokeTestError';
}

/** A function failed that was asked in a deployment. */
export class InvocationError extends InfraError {
  override readonly name = 'InvocationError';
  /** Lambda's name of the failure: that of the function's error, or `Sandbox.Timedout`. */
  readonly errorType: string;

  constructor(message: string, errorType: string) {
    super(message);
    this.errorType = errorType;
  }
}
