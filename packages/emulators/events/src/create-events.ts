import { type Credentials, type Handle, signedHandler } from '@chorus/emulator-aws';
import { answer } from './api.ts';
import { type EventsOptions, type EventsService, startService } from './service.ts';

export interface EventsEmulator {
  readonly service: EventsService;
  /** Answers a request to EventBridge or to its Scheduler. */
  readonly handle: Handle;
  /** Begins to deliver events and to fire schedules, with what an earlier process left. Targets must be there by then. */
  resume(): void;
  /** Begins nothing any more; what is under way is delivered again at the next start. */
  close(): Promise<void>;
}

/**
 * Buses, rules and schedules in one file of a folder.
 *
 * @throws {InvalidPatternError} for a rule's pattern that is none
 * @throws {InvalidExpressionError} for a schedule's expression that is none
 * @throws {LocalCloudError} if the file cannot be used
 */
export function createEvents({
  credentials,
  ...options
}: EventsOptions & {
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
}): EventsEmulator {
  const { service, resume, close } = startService(options);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: (request, response) => answer(service, request, response),
    }),
    resume,
    close: async () => close(),
  };
}
