import { LocalCloudError } from '../errors.ts';

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
export const throttled = (functionName: string, concurrency: number): LambdaError =>
  new LambdaError(
    'TooManyRequestsException',
    429,
    `Rate Exceeded: all ${concurrency} environments of ${functionName} are busy. Raise its concurrency in the blueprint, or retry later.`,
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

/** The parameters of a request that this cloud would have to ignore. @throws {LambdaError} NotImplementedException */
export function refuseOthers(request: object, known: readonly string[]): void {
  const unknown = Object.keys(request).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new LambdaError(
      'NotImplementedException',
      501,
      `The local cloud does not know ${unknown.join(', ')} here.`,
    );
}
