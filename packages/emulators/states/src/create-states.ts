import { type Handle, signedHandler } from '@chorus/emulator-aws';
import { handleStates } from './api.ts';
import { type StatesOptions, type StatesService, startService } from './service.ts';

export interface StatesEmulator {
  readonly service: StatesService;
  /** Answers a request to the Step Functions API. */
  readonly handle: Handle;
  /** Aborts the executions that still run, so that none asks for a function any more. */
  close(): Promise<void>;
}

/** Compiles every definition, so that a mistake in one shows at start. */
export function createStates({ credentials, ...options }: StatesOptions): StatesEmulator {
  const { service, close } = startService(options);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: (request, response) => handleStates(service, request, response),
    }),
    close: async () => close(),
  };
}
