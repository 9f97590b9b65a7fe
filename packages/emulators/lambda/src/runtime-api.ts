import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { readRaw } from '@chorus/emulator-aws';
import type { Pool } from './pool.ts';
import { crash, errorResult, settle, unanswered, type Worker } from './worker.ts';

/** Largest answer of a function, in bytes (Lambda's synchronous limit). */
const maxResponseBytes = 6_291_556;

/** Far above what is refused in Lambda's own words below. */
const maxBodyBytes = 64_000_000;

const route =
  /^\/worker\/(?<id>[^/]+)\/(?<secret>[^/]+)\/2018-06-01\/runtime\/(?:(?<init>init\/error)|invocation\/(?:(?<next>next)|(?<request>[^/]+)\/(?<kind>response|error)))$/;

function reply(response: ServerResponse, status: number, body: Record<string, string>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const accepted = { status: 'OK' };

/** Compares two secrets in a time that tells nothing of where they differ. */
function isSecretOf(worker: Worker, given: string): boolean {
  const own = Buffer.from(worker.secret);
  const other = Buffer.from(given);
  return own.length === other.length && timingSafeEqual(own, other);
}

/** Refuses a request to the Runtime API that does not fit what the worker is doing. */
function refuse(response: ServerResponse, errorType: string, errorMessage: string): void {
  reply(response, errorType === 'InvalidRequestID' ? 400 : 403, { errorType, errorMessage });
}

/** `invocation/next`: the request is held until there is an event. */
function holdNext(pool: Pool, worker: Worker, socket: Socket, response: ServerResponse): void {
  if (worker.state === 'stopped' || unanswered(worker) !== undefined) {
    refuse(response, 'InvalidStateTransition', 'This worker is not due for an event.');
    return;
  }
  const former = worker.next;
  worker.next = response;
  // A worker that asks again has given up its first question.
  if (former !== undefined) refuse(former, 'InvalidStateTransition', 'Asked again.');
  const hangUp = (): void => {
    if (worker.next === response) pool.lost(worker);
  };
  // One that has to end closes its half of the connection first.
  socket.once('end', hangUp);
  response.once('close', () => {
    socket.off('end', hangUp);
    hangUp();
  });
  pool.ready(worker);
}

/**
 * The Lambda Runtime API (2018-06-01) that worker processes speak, under a prefix of their own: a worker's id, and a secret that
 * nothing but the worker is told.
 *
 * @param poolOf finds the pool a worker belongs to
 */
export async function handleRuntimeApi(
  request: IncomingMessage,
  response: ServerResponse,
  poolOf: (workerId: string) => Pool | undefined,
): Promise<void> {
  const match = route.exec(request.url ?? '')?.groups;
  const { id = '', secret = '' } = match ?? {};
  const pool = poolOf(id);
  const worker = pool?.worker(id);
  if (
    match === undefined ||
    pool === undefined ||
    worker === undefined ||
    !isSecretOf(worker, secret)
  ) {
    request.resume();
    return refuse(response, 'InvalidWorker', 'This is no path of a running worker.');
  }
  if (match['next'] !== undefined) return holdNext(pool, worker, request.socket, response);
  const body = await readRaw(
    request,
    maxBodyBytes,
    (limit) => new Error(`a body above ${limit} bytes`),
  );
  if (match['init'] !== undefined) {
    if (worker.state !== 'starting')
      return refuse(response, 'InvalidStateTransition', 'This worker has been initialised.');
    reply(response, 202, accepted);
    return pool.initFailed(worker, { payload: body, functionError: 'Unhandled' });
  }
  if (unanswered(worker)?.requestId !== match['request'])
    return refuse(
      response,
      'InvalidRequestID',
      `${match['request']} is not the request this worker has`,
    );
  const { fault } = unanswered(worker) ?? {};
  // It has done its work, and nothing of its answer gets through.
  if (fault?.kind === 'kill' && fault.isLate === true) return crash(worker);
  if (body.byteLength > maxResponseBytes) {
    const limit = `exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
    settle(
      worker,
      errorResult(
        'Function.ResponseSizeTooLarge',
        `Response payload size (${body.byteLength} bytes) ${limit}`,
      ),
    );
    return reply(response, 413, {
      errorType: 'RequestEntityTooLarge',
      errorMessage: `E${limit.slice(1)}`,
    });
  }
  settle(worker, {
    payload: body,
    ...(match['kind'] === 'error' && { functionError: 'Unhandled' as const }),
  });
  reply(response, 202, accepted);
}
