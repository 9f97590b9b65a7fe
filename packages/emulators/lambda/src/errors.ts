import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of the Lambda API that is not a success; `name` is AWS's exception name. */
export class LambdaError extends LocalCloudError {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** No function, version, alias or operation of that name. */
export const notFound = (message: string): LambdaError =>
  new LambdaError('ResourceNotFoundException', 404, message);

/** Every environment the function may have was busy for too long. */
export const throttled = (functionName: string, environments: number): LambdaError =>
  new LambdaError(
    'TooManyRequestsException',
    429,
    `Rate Exceeded: every environment that ${functionName} may have here is busy (${environments}). Retry later.`,
  );

export const invalidParameter = (message: string): LambdaError =>
  new LambdaError('InvalidParameterValueException', 400, message);

/** It is there already, or something else is being done to it. */
export const conflict = (message: string): LambdaError =>
  new LambdaError('ResourceConflictException', 409, message);

/**
 * Refuses a change that was decided on another revision than the current one.
 *
 * @param operation what tells the current revision
 * @throws {LambdaError} PreconditionFailedException
 */
export function checkRevision(
  given: string | undefined,
  current: string,
  operation: 'GetFunction' | 'GetAlias',
): void {
  if (given !== undefined && given !== current)
    throw new LambdaError(
      'PreconditionFailedException',
      412,
      `The Revision Id provided does not match the latest Revision Id. Call the ${operation} API to retrieve the latest Revision Id.`,
    );
}

/** A parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (what: string): LambdaError =>
  new LambdaError('NotImplementedException', 501, `The local cloud does not do ${what}.`);

/** A parameter outside what Lambda's model allows, in AWS's words. */
export const invalidValue = (parameter: string, value: string, constraint: string): LambdaError =>
  new LambdaError(
    'ValidationException',
    400,
    `1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: Member must satisfy ${constraint}`,
  );

/** A body or a path that is not what its protocol says. */
export const unreadable = (message: string, cause?: unknown): LambdaError =>
  new LambdaError('InvalidRequestContentException', 400, message, { cause });
