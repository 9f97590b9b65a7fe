import { unreadable } from './errors.ts';

/** A JSON object of a request or an answer. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusePrototype(name: string, value: unknown): unknown {
  if (name === '__proto__')
    throw unreadable("The local cloud's DynamoDB takes no attribute with the name __proto__.");
  return value;
}

/**
 * Reads the body of a request.
 *
 * @throws {DynamoApiError} SerializationException if it is no JSON object, or has a name that would be lost
 */
export function parseBody(body: Buffer): Json {
  const text = body.toString();
  let value: unknown;
  try {
    value = /__proto__|\\u/.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw unreadable(`The body is no JSON: ${error.message}`, error);
    throw error;
  }
  if (!isJson(value)) throw unreadable('The body must be a JSON object.');
  return value;
}
