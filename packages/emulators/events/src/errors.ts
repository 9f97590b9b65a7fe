import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of EventBridge, or of its Scheduler, that is not a success; `name` is AWS's exception name. */
export class EventsApiError extends LocalCloudError {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;

  constructor(name: string, message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.status = status;
  }
}

/** A target will never take what it is sent, because it is not there: trying again is of no use. */
export class UndeliverableError extends LocalCloudError {
  override readonly name = 'UndeliverableError';
}

export type ServiceName = 'EventBridge' | 'Scheduler';

/** An operation, a parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (service: ServiceName, what: string): EventsApiError =>
  new EventsApiError(
    'NotImplementedException',
    `The local cloud's ${service} does not do ${what}.`,
    501,
  );

export const invalid = (message: string, cause?: unknown): EventsApiError =>
  new EventsApiError('ValidationException', message, 400, { cause });

/** A body that is not the JSON which the protocol says. */
export const unreadable = (message: string, cause?: unknown): EventsApiError =>
  new EventsApiError('SerializationException', message, 400, { cause });

export const noResource = (message: string): EventsApiError =>
  new EventsApiError('ResourceNotFoundException', message);

export const noSchedule = (name: string): EventsApiError =>
  new EventsApiError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
