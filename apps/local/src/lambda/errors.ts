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

/** No function, version or operation of that name. */
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
