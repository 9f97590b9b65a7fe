import { InvalidRequestError } from '@chorus/protocol';

/** The function's event: a place. */
export interface PlaceEvent {
  /** Degrees north, -90 to 90. */
  readonly lat: number;
  /** Degrees east, -180 to 180. */
  readonly lon: number;
  /** Epoch milliseconds after which the caller does not wait for the answer. */
  readonly deadlineMs?: number;
}

/** @throws InvalidRequestError naming the field, never its value: where a photo was taken is in no log. */
export function parsePlaceEvent(event: unknown): PlaceEvent {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new InvalidRequestError('expected an object {"lat", "lon"}');
  }
  const { lat, lon, deadlineMs } = event as Record<string, unknown>;
  if (deadlineMs !== undefined && !Number.isFinite(deadlineMs)) {
    throw new InvalidRequestError('deadlineMs: expected a number of epoch milliseconds');
  }
  return {
    lat: degrees('lat', lat, 90),
    lon: degrees('lon', lon, 180),
    ...(typeof deadlineMs === 'number' ? { deadlineMs } : {}),
  };
}

function degrees(name: string, value: unknown, limit: number): number {
  if (typeof value !== 'number' || !(Math.abs(value) <= limit)) {
    throw new InvalidRequestError(`${name}: expected a number of degrees, -${limit} to ${limit}`);
  }
  return value;
}
