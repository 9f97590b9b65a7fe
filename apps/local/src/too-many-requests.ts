import type { ServerResponse } from 'node:http';

type Protocol = 'api' | 'lambda' | 'states';

/** In seconds: what is in flight is mostly answered by then. */
const retryAfter = '1';

const statusOf: Readonly<Record<Protocol, number>> = { api: 429, lambda: 429, states: 400 };

const typeOf: Readonly<Record<Protocol, string>> = {
  api: 'application/json',
  lambda: 'application/json',
  states: 'application/x-amz-json-1.0',
};

function bodyOf(protocol: Protocol, limit: number): Readonly<Record<string, string>> {
  const message = `Rate exceeded: the local cloud has ${limit} requests in flight, as many as this machine is for. Retry in ${retryAfter} s.`;
  if (protocol === 'api') return { error: message };
  if (protocol === 'states') return { __type: 'ThrottlingException', message };
  return { Type: 'User', Reason: 'ConcurrentInvocationLimitExceeded', message, Message: message };
}

/** Refuses a request in the words of the API it was for, so that callers and SDKs try again later. */
export function refuseForNow(
  protocol: Protocol,
  limit: number,
  requestId: string,
  response: ServerResponse,
): void {
  const body = JSON.stringify(bodyOf(protocol, limit));
  response.writeHead(statusOf[protocol], {
    'content-type': typeOf[protocol],
    'content-length': Buffer.byteLength(body),
    'retry-after': retryAfter,
    ...(protocol === 'api' ? { 'x-request-id': requestId } : { 'x-amzn-requestid': requestId }),
    ...(protocol === 'lambda' && { 'x-amzn-errortype': 'TooManyRequestsException' }),
  });
  response.end(body);
}
