import type { ServerResponse } from 'node:http';

/** An answer of an AWS API whose body is not a stream. */
export interface AwsAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly requestId: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends an answer with its length and the request's id, as every AWS API does. */
export function sendAnswer(
  response: ServerResponse,
  { status, type, body, requestId, headers }: AwsAnswer,
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
    ...headers,
  });
  response.end(body);
}

/** The refusal of a request before its operation is looked at. */
export interface Refusal {
  readonly status: number;
  /** AWS's name of the error. */
  readonly code: string;
  readonly message: string;
}

/** Returns the body of a refusal that clients of every API in JSON understand. */
export function refusalInJson({ code, message }: Omit<Refusal, 'status'>): string {
  return JSON.stringify({ __type: code, Type: 'User', message, Message: message });
}

/** Refuses a request to an API in JSON; the error's name is in a header too. */
export function refuseInJson(response: ServerResponse, requestId: string, refusal: Refusal): void {
  sendAnswer(response, {
    status: refusal.status,
    type: 'application/json',
    body: refusalInJson(refusal),
    requestId,
    headers: { 'x-amzn-errortype': refusal.code },
  });
}
