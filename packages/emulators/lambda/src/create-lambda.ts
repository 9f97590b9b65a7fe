import { type Handle, signedHandler } from '@chorus/emulator-aws';
import { handleLambda } from './api.ts';
import { handleRuntimeApi } from './runtime-api.ts';
import { type LambdaOptions, type LambdaService, startService } from './service.ts';

export interface LambdaEmulator {
  readonly service: LambdaService;
  /** Answers a request to the Lambda API, or, under `/worker/`, one of a worker to the Runtime API. */
  readonly handle: Handle;
  /** Stops every worker. */
  close(): Promise<void>;
}

/** Starts nothing yet: a function's first process comes with its first event, as on Lambda. */
export function createLambda({ credentials, ...options }: LambdaOptions): LambdaEmulator {
  const { service, poolOf, close } = startService(options);
  const handleApi = signedHandler({
    credentials,
    answer: (request, response) => handleLambda(service, request, response),
  });
  return {
    service,
    handle: (request, response) =>
      request.url?.startsWith('/worker/')
        ? handleRuntimeApi(request, response, poolOf)
        : handleApi(request, response),
    close,
  };
}
