import { AwsApiError } from '@chorus/emulator-aws';

/** What a target is sent. */
export interface Delivery {
  /** ARN of the target. */
  readonly arn: string;
  /** JSON, or any text for a queue. */
  readonly body: string;
  /** The same at every attempt, so that a target which was reached but did not answer can tell. */
  readonly id: string;
  /** Of a FIFO queue. */
  readonly group?: string;
  /** Attributes of a queue's message. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The services that targets belong to, by the name in their ARN. */
export type TargetService = 'lambda' | 'sqs' | 'states';

/**
 * How each service gets a delivery: a function asynchronously, a queue a message, a state machine an execution.
 * A rejection is tried again later, unless it is an `UndeliverableError`.
 */
export type Targets = Readonly<
  Partial<Record<TargetService, (delivery: Delivery) => Promise<void>>>
>;

const services: Readonly<Record<string, RegExp>> = {
  lambda: /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w-]+)?$/,
  sqs: /^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?$/,
  states: /^arn:aws:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/,
};

const isService = (name: string): name is TargetService => Object.hasOwn(services, name);

/** Checks the ARN of a queue of dead letters. @throws {AwsApiError} ValidationException unless it is of a queue that is not FIFO */
export function checkDeadLetters(arn: string | undefined, targets: Targets): void {
  if (arn === undefined || (serviceOf(arn, targets) === 'sqs' && !arn.endsWith('.fifo'))) return;
  throw new AwsApiError(
    'ValidationException',
    `The dead-letter queue has to be a standard queue of SQS: ${arn.slice(0, 200)}`,
  );
}

/** Returns the service of a target's ARN. @throws {AwsApiError} ValidationException if there is none here */
export function serviceOf(arn: string, targets: Targets): TargetService {
  const name = Object.keys(services).find((each) => services[each]?.test(arn)) ?? '';
  if (isService(name) && targets[name] !== undefined) return name;
  throw new AwsApiError(
    'ValidationException',
    `Provided Arn is not in correct format, or of no target that the local cloud has (${Object.keys(targets).sort().join(', ')}): ${arn.slice(0, 200)}`,
  );
}
