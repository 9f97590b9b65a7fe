import { type Handle, signedHandler } from '@chorus/emulator-aws';
import { handleLambda } from './api.ts';
import type { LambdaOptions } from './lambda-options.ts';
import type { LambdaService } from './lambda-service.ts';
import { handleRuntimeApi } from './runtime-api.ts';
import { startService } from './service.ts';

export interface LambdaEmulator {
  readonly service: LambdaService;
  /** Answers a request to the Lambda API, or, under `/worker/`, one of a worker to the Runtime API. */
  readonly handle: Handle;
  /** Begins with the messages of queues, and with events that wait for their next attempt. */
  resume(): void;
  /** Begins with no message nor event any more that is not waited for, and resolves when those at work are answered. */
  drain(): Promise<void>;
  /** Stops every worker. */
  close(): Promise<void>;
}

/** Starts nothing yet: a function's first process comes with its first event, as on Lambda. */
export function createLambda({ credentials, ...options }: LambdaOptions): LambdaEmulator {
  const { service, poolOf, pollers, resume, drain, close } = startService(options);
  const handleApi = signedHandler({
    credentials,
    answer: (request, response) => handleLambda({ lambda: service, pollers }, request, response),
  });
  return {
    service,
    handle: (request, response) =>
      request.url?.startsWith('/worker/')
        ? handleRuntimeApi(request, response, poolOf)
        : handleApi(request, response),
    resume,
    drain,
    close,
  };
}
