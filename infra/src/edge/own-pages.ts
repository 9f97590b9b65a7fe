import type { EdgeAnswer, EdgeRequest } from './viewer-request.ts';

/**
 * Runs at CloudFront before a call of `/public` goes on to API Gateway, and refuses pages of another origin, whose
 * visitors would spend what this service pays for. A program may say that it has any origin, or none: it is held by the rates.
 */
export function handler(event: { readonly request: EdgeRequest }): EdgeRequest | EdgeAnswer {
  const headers = event.request.headers;
  const origin = headers['origin'];
  const host = headers['host'];
  if (!origin || (host && origin.value === `https://${host.value}`)) return event.request;
  return {
    statusCode: 403,
    statusDescription: 'Forbidden',
    headers: {
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
    },
    body: JSON.stringify({ error: 'these routes answer pages of their own origin only' }),
  };
}
