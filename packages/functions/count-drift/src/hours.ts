import { InvalidRequestError } from '@chorus/protocol';

/** In milliseconds. */
export const hourMs: number = 60 * 60 * 1000;

/** Most hours that are counted again at once: a month. */
const mostHours = 31 * 24;

/** An hour of the day in UTC. */
export interface Hour {
  /** Epoch milliseconds of its first moment, and of the first one behind it. */
  readonly from: number;
  readonly to: number;
}

/** Returns the hour that a moment is in. */
export function hourOf(time: number): Hour {
  const from = Math.floor(time / hourMs) * hourMs;
  return { from, to: from + hourMs };
}

/**
 * Returns the hours that an event asks for, the latest last: `{"hours": 24}`; without it this hour and the one before, whose last lines
 * may have come late.
 *
 * @throws {InvalidRequestError} for another number
 */
export function hoursOf(event: unknown, now: number): readonly Hour[] {
  const hours: unknown = Object(event)['hours'] ?? 2;
  if (!Number.isInteger(hours) || Number(hours) < 1 || Number(hours) > mostHours)
    throw new InvalidRequestError(`hours must be a whole number from 1 to ${mostHours}`);
  const { from } = hourOf(now);
  return Array.from({ length: Number(hours) }, (_, back) =>
    hourOf(from - (Number(hours) - 1 - back) * hourMs),
  );
}
