import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRaw } from './doors/http-body.ts';
import { handleLambda } from './lambda/api.ts';
import { LambdaError } from './lambda/errors.ts';
import type { LambdaService } from './lambda/service.ts';
import { destinationOf } from './router.ts';
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
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { lambda, states, s3 } = services;
  const destination = destinationOf(request);
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

/** One listener for the one port; a bug in a service is a 500 and a line on standard error, never a crash. */
export function requestListener(
  services: Services,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handle(services, request, response).catch((error: unknown) => {
      console.error(`${request.method} ${request.url} failed:`, error);
      if (!response.headersSent) {
        response.writeHead(500, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ error: 'internal error of the local cloud; see its output' }),
        );
      } else response.destroy();
    });
  };
}
