/** HTTP as API Gateway hands it to a function: the proxy integration of a REST API (payload format 1.0). */

/** The members of a JSON object; of anything else, none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The request's body as text; empty when there is none. */
export function bodyOf(event: unknown): string {
  const { body, isBase64Encoded } = asRecord(event);
  if (typeof body !== 'string') return '';
  return isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** API Gateway's request id, which its access log has too; else Lambda's. */
export function requestIdOf(event: unknown, invocationId: string): string {
  const { requestId } = asRecord(asRecord(event)['requestContext']);
  return typeof requestId === 'string' && requestId !== '' ? requestId : invocationId;
}

/** What API Gateway expects from the function. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** An answer of JSON. */
export function jsonResult(status: number, value: unknown, requestId: string): ProxyResult {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify(value),
    isBase64Encoded: false,
  };
}
