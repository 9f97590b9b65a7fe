import type { Handler } from './handler.ts';
import { asRecord } from './proxy-event.ts';

/** Returns a request's header, whatever the letters of its name. */
function headerOf(event: unknown, name: string): unknown {
  const headers = Object.entries(asRecord(asRecord(event)['headers']));
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The headers of an answer that a page may read besides those that every page may. */
const exposed = 'x-request-id, retry-after, traceparent, inference-header-content-length';

/**
 * Lets the web pages of some origins read what a function answers by HTTP; other answers stay as they are. API Gateway answers
 * what browsers ask beforehand, but hands on a function's answer as it is.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowOrigins(handler: Handler, origins: readonly string[]): Handler {
  if (origins.length === 0) return handler;
  return async (event, context) => {
    const answer = await handler(event, context);
    const { statusCode, headers } = asRecord(answer);
    if (typeof statusCode !== 'number') return answer;
    const { vary, ...others } = asRecord(headers);
    const origin = origins.find((each) => each === headerOf(event, 'origin'));
    return {
      ...asRecord(answer),
      headers: {
        ...others,
        vary: typeof vary === 'string' ? `${vary}, origin` : 'origin',
        ...(origin !== undefined && {
          'access-control-allow-origin': origin,
          'access-control-expose-headers': exposed,
        }),
      },
    };
  };
}
