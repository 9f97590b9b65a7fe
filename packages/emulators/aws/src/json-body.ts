import { unreadable } from './api-error.ts';

/** The members of a request's body, or of an object in it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns the members of an object, of which those that are null are as good as absent. @throws {AwsApiError} SerializationException */
export function fieldsOf(name: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(`${name} must be an object`);
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));
}

/** Returns the members of a request's body; none for an empty one. @throws {AwsApiError} SerializationException */
export function parseBody(body: Uint8Array): Fields {
  let parsed: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    parsed = JSON.parse(text || '{}');
  } catch (cause) {
    throw unreadable(
      `The body is not JSON: ${cause instanceof Error ? cause.message : cause}`,
      cause,
    );
  }
  return fieldsOf('The body', parsed);
}
