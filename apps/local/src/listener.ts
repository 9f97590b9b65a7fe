import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleLambda } from './lambda/api.ts';
import { LambdaError } from './lambda/errors.ts';
import type { LambdaService } from './lambda/service.ts';
import { readRaw } from './request-body.ts';
import { type Destination, destinationOf } from './router.ts';
import type { S3Service } from './s3/index.ts';
import { handleStates } from './states/api.ts';
import type { StatesService } from './states/service.ts';

export interface Services {
  readonly s3: S3Service;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  api(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void>;
  requestId(): string;
}

/** Above every limit of the AWS APIs, which then refuse in their own words. */
const maxControlBytes = 20_000_000;

const tooLarge = (limit: number): Error =>
  new LambdaError('RequestTooLargeException', 413, `Request must be smaller than ${limit} bytes`);

async function handle(
  services: Services,
  destination: Destination,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { lambda, states, s3 } = services;
  if (destination === 'runtime') return lambda.handleRuntimeApi(request, response);
  if (destination === 's3') return s3.handle(request, response);
  const requestId = services.requestId();
  if (destination === 'api') return services.api(request, response, requestId);
  const body = await readRaw(request, maxControlBytes, tooLarge);
  if (destination === 'lambda') {
    const { method = 'GET', url: path = '/', headers } = request;
    return handleLambda(lambda, { method, path, headers, body, requestId }, response);
  }
  if (destination === 'states') {
    const target = String(request.headers['x-amz-target']);
    return handleStates(states, { target, body, requestId }, response);
  }
  const message = `The local cloud has no service "${destination.unknown}": only s3, lambda and states.`;
  response.writeHead(501, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ __type: 'NotImplementedException', message }));
}

/** The one port's listener, and its end. */
export interface Listener {
  listen(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Refuses new requests to the API (503) and resolves when those in flight are answered. Workers are still served:
   * a request in flight may need one that is only starting.
   */
  drain(): Promise<void>;
}

/** A bug in a service is a 500 and a line on standard error, never a crash. */
export function createListener(services: Services): Listener {
  let inFlight = 0;
  let drained: (() => void) | undefined;

  return {
    listen(request, response) {
      const destination = destinationOf(request);
      if (destination === 'api' && drained !== undefined) {
        response.writeHead(503, { 'content-type': 'application/json', connection: 'close' });
        response.end(JSON.stringify({ error: 'the local cloud is stopping' }));
        return;
      }
      if (destination === 'api') {
        inFlight += 1;
        response.once('close', () => {
          inFlight -= 1;
          if (inFlight === 0) drained?.();
        });
      }
      handle(services, destination, request, response).catch((error: unknown) => {
        console.error(`${request.method} ${request.url} failed:`, error);
        if (!response.headersSent) {
          response.writeHead(500, { 'content-type': 'application/json' });
          response.end(
            JSON.stringify({ error: 'internal error of the local cloud; see its output' }),
          );
        } else response.destroy();
      });
    },
    drain: () =>
      new Promise((resolve) => {
        drained = resolve;
        if (inFlight === 0) resolve();
      }),
  };
}
