import type { ServerResponse } from 'node:http';
import { refusalInJson } from '@chorus/emulator-aws';
import type { Destination } from './router.ts';

/** An answer that the local cloud itself gives, before any service has seen the request. */
export interface Refusal {
  readonly status: number;
  /** AWS's name of the error; routes of the API show the message only. */
  readonly code: string;
  readonly message: string;
  /** When it makes sense to ask again, in seconds. */
  readonly retryAfter?: number;
}

const xmlEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => xmlEscapes[character] ?? character);

/** The type and the body of a refusal, in the words of the service that was asked. */
function bodyOf(
  destination: Destination,
  { code, message }: Refusal,
): { readonly type: string; readonly body: string } {
  if (destination === 's3')
    return {
      type: 'application/xml',
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`,
    };
  if (destination === 'api' || destination === 'page')
    return { type: 'application/json', body: JSON.stringify({ error: message }) };
  return {
    type: 'application/json',
    body: refusalInJson({ code, message }),
  };
}

/** Answers a request with a refusal, in the form that its service's clients read. */
export function refuse(
  response: ServerResponse,
  destination: Destination,
  refusal: Refusal,
  head = false,
): void {
  const { type, body } = bodyOf(destination, refusal);
  response.writeHead(refusal.status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(destination !== 'api' && destination !== 'page' && { 'x-amzn-errortype': refusal.code }),
    ...(refusal.retryAfter !== undefined && { 'retry-after': String(refusal.retryAfter) }),
  });
  response.end(head ? undefined : body);
}
