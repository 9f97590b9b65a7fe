/** A request that the console's server did not serve. */
class ConsoleError extends Error {
  override name = 'ConsoleError';
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A value of JSON that may be an object. */
export type Value = Readonly<Record<string, unknown>>;

/** Returns an object's members; none of anything else. */
export function asRecord(value: unknown): Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Value)
    : {};
}

/** Returns a list's items; none of anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Asks the console's server.
 *
 * @throws {ConsoleError} saying why it did not do it
 */
export async function ask(method: string, path: string, body?: unknown): Promise<Value> {
  let response: Response;
  try {
    response = await fetch(`./api/${path}`, {
      method,
      cache: 'no-store',
      ...(body instanceof Blob && { body }),
      ...(body !== undefined &&
        !(body instanceof Blob) && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
    });
  } catch {
    throw new ConsoleError(0, 'the console does not answer; is it still running?');
  }
  const answer = asRecord(await response.json().catch(() => undefined));
  if (response.ok) return answer;
  const { error } = answer;
  throw new ConsoleError(
    response.status,
    typeof error === 'string' ? error : `the console answered ${response.status}`,
  );
}
