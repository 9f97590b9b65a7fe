import type { PhotoReference } from '@chorus/photo';
import { InvalidRequestError } from '@chorus/protocol';

/** The function's event: a photo. */
export interface LocateEvent {
  readonly photo: PhotoReference;
  /** Epoch milliseconds at which the caller needs the answer. */
  readonly deadlineMs: number | undefined;
}

/**
 * Reads `{"key":"uploads/…"}` or `{"image":"<base64>"}`, with or without `"deadlineMs"`.
 *
 * @throws InvalidRequestError (400) when it is neither or both.
 */
export function parseLocateEvent(event: unknown): LocateEvent {
  const { key, image, deadlineMs } = asRecord(event);
  if (deadlineMs !== undefined && typeof deadlineMs !== 'number') {
    throw new InvalidRequestError('"deadlineMs" must be a number: epoch milliseconds');
  }
  if (typeof key === 'string' && image === undefined) return { photo: { key }, deadlineMs };
  if (typeof image === 'string' && key === undefined) return { photo: { image }, deadlineMs };
  throw new InvalidRequestError(
    'give either "key", a string that POST /uploads answered, or "image", a photo in base64',
  );
}

/** Returns the members of a JSON object; of anything else, none. */
function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
