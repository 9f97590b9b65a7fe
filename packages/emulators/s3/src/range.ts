import { S3Error } from './errors.ts';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header against an object of `size` bytes (RFC 9110 section 14.1.2): `bytes=a-b`, `bytes=a-`,
 * `bytes=-suffix`. Anything else, several ranges too, is ignored and the whole object is meant, as on S3.
 * @throws {S3Error} InvalidRange when no byte of it exists
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  // The last bytes of nothing are nothing, and S3 answers with all of it.
  if (first === '' && size === 0 && Number(last) > 0) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) {
    throw new S3Error('InvalidRange', undefined, {
      RangeRequested: header ?? '',
      ActualObjectSize: String(size),
    });
  }
  return { start, end };
}

/**
 * Reads `x-amz-copy-source-range`, which must be `bytes=a-b` within the source.
 * @throws {S3Error} InvalidArgument, InvalidRange
 */
export function parseCopyRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const range = /^bytes=\d+-\d+$/.test(header) ? parseRange(header, size) : undefined;
  if (range === undefined) {
    throw new S3Error('InvalidArgument', 'x-amz-copy-source-range must be bytes=first-last.');
  }
  if (header !== `bytes=${range.start}-${range.end}`) throw new S3Error('InvalidRange');
  return range;
}
