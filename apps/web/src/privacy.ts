const dayMs = 86_400_000;

/**
 * Returns when an object that is stored now is gone: S3 deletes it at the midnight (UTC) after so many whole days.
 *
 * @param now in milliseconds since 1970, as the result
 */
export function deletionTime(now: number, days: number): number {
  return Math.ceil((now + days * dayMs) / dayMs) * dayMs;
}
