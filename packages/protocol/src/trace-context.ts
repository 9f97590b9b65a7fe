/**
 * A caller's trace, by the W3C's Trace Context, as the service hands it on: in the name of the execution that answers, which every
 * model gets as the id of its question.
 *
 * @see https://www.w3.org/TR/trace-context/
 */

/** The header of a request that names the trace that it is a part of. */
export const traceHeader = 'traceparent';

/** A header of version 00; ids of zeros are none. API Gateway's template reads it by the same pattern. */
export const tracePattern = '00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}';

const header = new RegExp(`^${tracePattern}$`);
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Returns the id of the trace that a header names; undefined without one, and for one that is none: then a trace begins here. */
export function traceIdOf(traceparent: unknown): string | undefined {
  return typeof traceparent === 'string' && header.test(traceparent)
    ? traceparent.slice(3, 35)
    : undefined;
}

/** Returns the name of an execution: the request's id, after that of the caller's trace if there is one. */
export function executionNameOf(requestId: string, traceparent: unknown): string {
  const traceId = traceIdOf(traceparent);
  return traceId === undefined ? requestId : `${traceId}-${requestId}`;
}

/** Returns the trace that an execution's name tells of: the caller's, or one that a UUID begins. Any other name tells none. */
export function traceIdOfName(name: string): string | undefined {
  if (uuid.test(name)) return name.replaceAll('-', '');
  return /^[\da-f]{32}(?=-)/.exec(name)?.[0];
}

/** Returns the header of an answer: the trace, and the part of it that the request was; undefined where the name tells none. */
export function traceparentOf(name: string): string | undefined {
  const traceId = traceIdOfName(name);
  if (traceId === undefined) return undefined;
  const span = name.replaceAll('-', '').slice(-16);
  return /^(?!0{16})[\da-f]{16}$/.test(span) ? `00-${traceId}-${span}-01` : undefined;
}
