import { type Handle, signedHandler } from '@chorus/emulator-aws';
import { handleStates } from './api.ts';
import { type StatesOptions, type StatesService, startService } from './service.ts';

export interface StatesEmulator {
  readonly service: StatesService;
  /** Answers a request to the Step Functions API. */
  readonly handle: Handle;
  /** Goes on with the Standard executions that an earlier process did not end. Their functions must be there by then. */
  resume(): void;
  /** Stops the executions that still run, so that none asks for a function any more; Standard ones go on at the next start. */
  close(): Promise<void>;
}

/** Compiles every definition, so that a mistake in one shows at start. */
export function createStates({ credentials, ...options }: StatesOptions): StatesEmulator {
  const { service, store, close } = startService(options);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: (request, response) => handleStates({ states: service, store }, request, response),
    }),
    resume: () => service.executions.resume(),
    close: async () => close(),
  };
}
