import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/** A file or folder of this machine, or of S3. */
export type Place =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string };

/**
 * Reads a place: a path, or `s3://bucket/key`.
 *
 * @param workingDirectory what a path is relative to
 * @throws {UsageError} for an S3 URL without a bucket
 */
export function placeOf(text: string, workingDirectory: string): Place {
  if (!text.startsWith('s3://')) return { kind: 'file', path: resolve(workingDirectory, text) };
  const { bucket, key } = /^s3:\/\/(?<bucket>[^/]+)(?:\/(?<key>.*))?$/s.exec(text)?.groups ?? {};
  if (bucket === undefined) throw new UsageError(`${text} has no bucket: s3://bucket/rows.csv`);
  return { kind: 's3', bucket, key: key ?? '' };
}

/** Returns a place as it is written. */
export const shownPlace = (place: Place): string =>
  place.kind === 'file' ? place.path : `s3://${place.bucket}/${place.key}`;
