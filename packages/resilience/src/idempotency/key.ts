/** The header by which a caller says that requests are the same one (draft-ietf-httpapi-idempotency-key-header). */
export const keyHeader = 'idempotency-key';

/** What a key may be made of: visible ASCII but for `"` and `\`, at most 128 characters. */
const characters = String.raw`[!#-\[\]-~]{1,128}`;

/** A header's value, as a regular expression: the draft's text in quotes, or the key as it is, which many clients send. */
export const keyPattern: string = `^(?:"${characters}"|${characters})$`;

/** Says of a value that it is no key. */
export const keyExpected =
  'Idempotency-Key: expected 1 to 128 visible characters of ASCII without spaces, \\ and ", such as a UUID';

/** Returns the key of a header's value; undefined for one that is no key. */
export function keyOfHeader(value: string): string | undefined {
  return new RegExp(keyPattern).test(value) ? value.replaceAll('"', '') : undefined;
}

/**
 * Returns the id under which an answer is kept: keys of other routes, and of other callers, are other ones. Neither a route nor a
 * key has a space.
 */
export const requestId = (route: string, caller: string, key: string): string =>
  `${route} ${caller} ${key}`;

/** What is said of a key that came with another body. */
export const otherBody =
  'Idempotency-Key: another request had this key; send this one with a key of its own';

/** What is said while the first request with the key runs. */
export const stillRuns =
  'Idempotency-Key: the first request with this key is still running; send it again in a moment';

/** What is said while keys cannot be kept. */
export const cannotKeep = 'the Idempotency-Key cannot be kept right now; send the request again';

/** When a caller may ask again whose request still runs, in seconds. */
export const retryAfterSeconds = 1;

/** Whether an answer of this status is kept: of one that was refused for a while, or failed, the request may be tried again. */
export const isKept = (status: number): boolean => status < 500 && status !== 429;
