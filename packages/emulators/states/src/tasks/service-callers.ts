import { LocalCloudError } from '@chorus/emulator-files';

/** What a service answers instead of success. */
export class ServiceError extends LocalCloudError {
  /** The service's own name of it: `ConditionalCheckFailedException`, `NoSuchKey`. */
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;

  constructor(name: string, message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** Parameters or answer of an operation, by the names of the service's API. */
export type ServiceData = Readonly<Record<string, unknown>>;

/**
 * Asks a service for one operation: `PutItem`. Of an answer with a stream, `Body` is an `AsyncIterable` of bytes; dates are
 * `Date`s; what has no value is undefined.
 *
 * @throws {ServiceError} what the service answers instead of success
 */
export type CallService = (
  operation: string,
  parameters: ServiceData,
  signal: AbortSignal,
) => Promise<ServiceData>;

/** Batch, as tasks ask it: its operations, by the names of its API, and the end of a job. */
export interface JobCaller {
  readonly call: CallService;
  /** Resolves with a job as DescribeJobs tells it, once it has ended; rejects when the signal comes. */
  ended(jobId: string, signal: AbortSignal): Promise<ServiceData>;
}

/** The services that tasks may ask besides functions and executions. One that is left out is refused by name. */
export interface ServiceCallers {
  readonly batch?: JobCaller;
  readonly dynamodb?: CallService;
  readonly events?: CallService;
  readonly s3?: CallService;
  readonly sns?: CallService;
  readonly sqs?: CallService;
}
