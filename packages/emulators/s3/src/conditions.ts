import { notImplemented, S3Error } from './errors.ts';
import type { WriteCondition } from './store/objects.ts';
import type { StoredObject } from './store/records.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Checks the conditional headers of a read; RFC 9110 section 13.2.2 gives the order.
 * @param prefix `x-amz-copy-source-` for the source of a copy, for which 304 becomes 412.
 * @throws {S3Error} PreconditionFailed, NotModified
 */
export function checkReadConditions(headers: Headers, object: StoredObject, prefix = ''): void {
  const ifMatch = headers[`${prefix}if-match`];
  const ifNoneMatch = headers[`${prefix}if-none-match`];
  const unmodifiedSince = seconds(headers[`${prefix}if-unmodified-since`]);
  const modifiedSince = seconds(headers[`${prefix}if-modified-since`]);
  const modified = Math.floor(object.modified / 1000);

  if (ifMatch !== undefined) {
    if (!matches(ifMatch, object.etag)) throw failed('If-Match');
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw failed('If-Unmodified-Since');
  }
  const unchanged =
    ifNoneMatch !== undefined
      ? matches(ifNoneMatch, object.etag)
      : modifiedSince !== undefined && modified <= modifiedSince;
  if (unchanged) throw prefix === '' ? new S3Error('NotModified') : failed('If-None-Match');
}

/**
 * The condition a write carries: `If-None-Match: *` (only when the key is free) or `If-Match: <etag>` (only over that
 * version). Evaluated by the store in the same step as the write.
 * @throws {S3Error} NotImplemented for what S3 does not offer either
 */
export function writeCondition(headers: Headers, key: string): WriteCondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw notImplemented('If-None-Match with an ETag on a write; only * is possible');
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current !== undefined) throw failed('If-None-Match');
    if (ifMatch === undefined) return;
    if (current === undefined) throw new S3Error('NoSuchKey', undefined, { Key: key });
    if (!matches(ifMatch, current.etag)) throw failed('If-Match');
  };
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', undefined, { Condition: condition });
}

/** Tells whether a list of entity tags, quoted or not, or `*` holds `etag`. */
function matches(list: string, etag: string): boolean {
  return list.split(',').some((entry) => {
    const tag = entry.trim().replace(/^W\//, '').replaceAll('"', '');
    return tag === '*' || tag === etag;
  });
}

/** Seconds since the epoch; a date that cannot be read is no condition (RFC 9110 section 13.1.3). */
function seconds(date: string | undefined): number | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}
