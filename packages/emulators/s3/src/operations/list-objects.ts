import type { Operation } from '../context.ts';
import { S3Error } from '../errors.ts';
import { type ListEntry, listKeys } from '../list-keys.ts';
import { quoted, sendXml } from '../responses.ts';
import { findBucket, sortedKeys } from '../store/buckets.ts';
import type { Bucket } from '../store/store.ts';
import { element, optional, type Xml } from '../xml.ts';
import { owner } from './owner.ts';
import { countParameter, encodingType, flagParameter } from './parameters.ts';

const maxKeys = 1000;

export const listObjectsV2: Operation = (request, response, { store }) => {
  const bucket = findBucket(store, request.bucket);
  const { query } = request;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const after = token === null ? (startAfter ?? '') : readToken(token);
  const page = listPage(bucket, query, after, flagParameter(query, 'fetch-owner'));
  const last = page.entries.at(-1)?.name;
  sendXml(response, 'ListBucketResult', [
    element('Name', bucket.name),
    ...page.echo,
    element('KeyCount', page.entries.length),
    optional('ContinuationToken', token ?? undefined),
    optional('StartAfter', startAfter === null ? undefined : page.encode(startAfter)),
    element('IsTruncated', String(page.truncated)),
    optional('NextContinuationToken', page.truncated ? writeToken(last ?? '') : undefined),
    ...page.contents,
  ]);
};

export const listObjects: Operation = (request, response, { store }) => {
  const bucket = findBucket(store, request.bucket);
  const { query } = request;
  const marker = query.get('marker') ?? '';
  const page = listPage(bucket, query, marker, true);
  const last = page.entries.at(-1)?.name;
  // Version 1 names the next marker only with a delimiter; without one it is the last key.
  const next = page.truncated && query.has('delimiter') ? last : undefined;
  sendXml(response, 'ListBucketResult', [
    element('Name', bucket.name),
    ...page.echo,
    element('Marker', page.encode(marker)),
    element('IsTruncated', String(page.truncated)),
    optional('NextMarker', next === undefined ? undefined : page.encode(next)),
    ...page.contents,
  ]);
};

interface Page {
  readonly entries: readonly ListEntry[];
  readonly truncated: boolean;
  readonly echo: readonly (Xml | undefined)[];
  readonly contents: readonly Xml[];
  encode(text: string): string;
}

/** Returns the part that both versions of the listing share. */
function listPage(bucket: Bucket, query: URLSearchParams, after: string, withOwner: boolean): Page {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maximum = countParameter(query, 'max-keys', maxKeys);
  const encoding = encodingType(query);
  const encode = encoding === 'url' ? encodeKey : (text: string): string => text;
  const { entries, truncated } = listKeys(sortedKeys(bucket), {
    prefix,
    delimiter,
    after,
    maximum,
  });
  const echo = [
    element('Prefix', encode(prefix)),
    optional('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
    element('MaxKeys', maximum),
    optional('EncodingType', encoding),
  ];
  const contents = entries.map((entry) =>
    entry.kind === 'key'
      ? objectElement(bucket, entry.name, encode, withOwner)
      : element('CommonPrefixes', [element('Prefix', encode(entry.name))]),
  );
  return { entries, truncated, echo, contents, encode };
}

function objectElement(
  bucket: Bucket,
  key: string,
  encode: (text: string) => string,
  withOwner: boolean,
): Xml {
  const object = bucket.objects.get(key);
  if (object === undefined) throw new Error(`the index of ${bucket.name} lost ${key}`);
  return element('Contents', [
    element('Key', encode(key)),
    element('LastModified', new Date(object.modified).toISOString()),
    element('ETag', quoted(object.etag)),
    optional('ChecksumAlgorithm', object.checksum?.algorithm),
    optional('ChecksumType', object.checksum?.type),
    element('Size', object.size),
    withOwner ? owner('Owner') : undefined,
    element('StorageClass', 'STANDARD'),
  ]);
}

/** URL encoding of listings: like a query string, but slashes stay; decoders read `+` as a space. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}

/** Returns the token of the page that follows a key. */
export function writeToken(after: string): string {
  return Buffer.from(after).toString('base64url');
}

/** @throws {S3Error} InvalidArgument */
export function readToken(token: string): string {
  const after = Buffer.from(token, 'base64url').toString();
  if (token !== '' && writeToken(after) === token) return after;
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect.', {
    ArgumentName: 'continuation-token',
  });
}
