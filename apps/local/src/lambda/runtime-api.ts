import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRaw } from '../request-body.ts';
import type { Pool } from './pool.ts';
import { type InvocationResult, settle } from './worker.ts';

/** Largest answer of a function, in bytes (Lambda's synchronous limit). */
const maxResponseBytes = 6_291_556;

/** Far above what is refused in Lambda's own words below. */
const maxBodyBytes = 64_000_000;

const route =
  /^\/worker\/(?<id>[^/]+)\/2018-06-01\/runtime\/(?:(?<init>init\/error)|invocation\/(?:(?<next>next)|(?<request>[^/]+)\/(?<kind>response|error)))$/;

function reply(response: ServerResponse, status: number, body: Record<string, string>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const accepted = { status: 'OK' };

/**
 * The Lambda Runtime API (2018-06-01) that worker processes speak, under a prefix of their own.
 *
 * @param poolOf finds the pool a worker belongs to
 */
export async function handleRuntimeApi(
  request: IncomingMessage,
  response: ServerResponse,
  poolOf: (workerId: string) => Pool | undefined,
): Promise<void> {
  const match = route.exec(request.url ?? '')?.groups;
  const pool = match?.['id'] === undefined ? undefined : poolOf(match['id']);
  const worker = pool?.worker(match?.['id'] ?? '');
  if (match === undefined || pool === undefined || worker === undefined)
    return reply(response, 403, {
      errorType: 'InvalidWorker',
      errorMessage: `${request.url} is not of a running worker`,
    });

  if (match['next'] !== undefined) {
    const { socket } = request;
    const hangUp = (): void => pool.left(worker);
    socket.once('end', hangUp);
    response.once('finish', () => socket.off('end', hangUp));
    worker.next = response;
    pool.ready(worker);
    return;
  }
  const body = await readRaw(
    request,
    maxBodyBytes,
    (limit) => new Error(`a body above ${limit} bytes`),
  );
  if (match['init'] !== undefined) {
    reply(response, 202, accepted);
    pool.initFailed(worker, { payload: body, functionError: 'Unhandled' });
    return;
  }
  if (worker.invocation?.requestId !== match['request'])
    return reply(response, 400, {
      errorType: 'InvalidRequestID',
      errorMessage: `${match['request']} is not the request this worker has`,
    });
  if (body.byteLength > maxResponseBytes) {
    settle(worker, tooLarge(body.byteLength));
    return reply(response, 413, {
      errorType: 'RequestEntityTooLarge',
      errorMessage: `Exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
    });
  }
  settle(worker, {
    payload: body,
    ...(match['kind'] === 'error' && { functionError: 'Unhandled' as const }),
  });
  reply(response, 202, accepted);
}

function tooLarge(bytes: number): InvocationResult {
  return {
    payload: Buffer.from(
      JSON.stringify({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
      }),
    ),
    functionError: 'Unhandled',
  };
}
