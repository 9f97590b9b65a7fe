import { timingSafeEqual } from 'node:crypto';
import { S3Error } from './errors.ts';

/** @param end Epoch milliseconds, as `now`. */
export function expired(end: number, now: number): S3Error {
  return new S3Error('AccessDenied', 'Request has expired', {
    Expires: new Date(end).toISOString(),
    ServerTime: new Date(now).toISOString(),
  });
}

/** Compares signatures without telling by its duration where they differ. */
export function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
