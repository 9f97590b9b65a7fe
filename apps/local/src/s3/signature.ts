import { createHmac, timingSafeEqual } from 'node:crypto';
import { S3Error } from './errors.ts';

/** The one pair of keys presigned URLs are made with. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

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

/** The key of Signature Version 4 for a scope, `<yyyymmdd>/<region>/<service>/aws4_request`. */
export function signingKey(secret: string, scope: string): Buffer {
  return scope
    .split('/')
    .reduce<Buffer>((key, step) => hmac(key, step), Buffer.from(`AWS4${secret}`));
}

/** HMAC-SHA256 of a text. */
export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
