import { createHash } from 'node:crypto';
import { checkReadConditions, writeCondition } from '../conditions.ts';
import type { S3Context } from '../context.ts';
import { S3Error } from '../errors.ts';
import { type ListQuery, listKeys } from '../list-keys.ts';
import { quoted } from '../responses.ts';
import { findBucket, sortedKeys } from '../store/buckets.ts';
import { findObject, openObject } from '../store/objects.ts';
import type { Bucket } from '../store/store.ts';
import { readBody, whole } from '../store/stored-file.ts';
import { readToken, writeToken } from './list-objects.ts';
import { objectHeaders } from './object-facts.ts';
import { announce, writeObject } from './put-object.ts';

/** Parameters or answer of an operation, by the names of the SDK. */
export type S3Data = Readonly<Record<string, unknown>>;

/** By operation, the parameters that can be asked for in this process; all of them are texts, but for the body. */
const known: Readonly<Record<string, readonly string[]>> = {
  GetObject: ['Bucket', 'Key', 'IfMatch'],
  PutObject: ['Bucket', 'Key', 'Body', 'ContentType', 'IfMatch', 'IfNoneMatch'],
  ListObjectsV2: ['Bucket', 'Prefix', 'StartAfter', 'ContinuationToken'],
};

const mostKeys = 1000;
const mostKeyBytes = 1024;

const textOf = (parameters: S3Data, name: string): string => String(parameters[name] ?? '');

function conditions({ IfMatch, IfNoneMatch }: S3Data): Record<string, string> {
  return {
    ...(IfMatch !== undefined && { 'if-match': String(IfMatch) }),
    ...(IfNoneMatch !== undefined && { 'if-none-match': String(IfNoneMatch) }),
  };
}

function bucketOf(context: S3Context, parameters: S3Data): Bucket {
  const name = textOf(parameters, 'Bucket');
  context.expire(name);
  return findBucket(context.store, name);
}

/** What an object's stored headers are called in the SDK. */
const headerNames: readonly (readonly [string, string])[] = [
  ['CacheControl', 'cache-control'],
  ['ContentDisposition', 'content-disposition'],
  ['ContentEncoding', 'content-encoding'],
  ['ContentLanguage', 'content-language'],
  ['ContentType', 'content-type'],
];

function getObject(context: S3Context, parameters: S3Data): S3Data {
  const bucket = bucketOf(context, parameters);
  const key = textOf(parameters, 'Key');
  const object = findObject(bucket, key);
  checkReadConditions(conditions(parameters), object);
  const { fd } = openObject(bucket, key);
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(Math.floor(object.modified / 1000) * 1000),
    ContentLength: object.size,
    ETag: quoted(object.etag),
    ...Object.fromEntries(
      headerNames.flatMap(([name, header]) => {
        const value = object.headers[header];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...(object.headers['expires'] !== undefined && { ExpiresString: object.headers['expires'] }),
    Metadata: object.metadata,
    Body: whole(readBody(fd, 0, object.size), object.size),
  };
}

async function putObject(context: S3Context, parameters: S3Data): Promise<S3Data> {
  const bucket = bucketOf(context, parameters);
  const key = textOf(parameters, 'Key');
  if (Buffer.byteLength(key) > mostKeyBytes) throw new S3Error('KeyTooLongError');
  const condition = writeCondition(conditions(parameters), key);
  condition(bucket.objects.get(key));
  const { Body = new Uint8Array(), ContentType = 'application/octet-stream' } = parameters;
  const bytes = Body as Uint8Array;
  const object = await writeObject(context, bucket, condition, async (draft) => {
    await draft.append(bytes);
    return {
      key,
      size: bytes.byteLength,
      etag: createHash('md5').update(bytes).digest('hex'),
      headers: objectHeaders({ 'content-type': String(ContentType) }),
      metadata: {},
      modified: context.now(),
    };
  });
  announce(context, 'ObjectCreated:Put', bucket, object);
  return { ETag: quoted(object.etag) };
}

function listObjectsV2(context: S3Context, parameters: S3Data): S3Data {
  const bucket = bucketOf(context, parameters);
  const { Prefix = '', StartAfter, ContinuationToken: token } = parameters;
  const query: ListQuery = {
    prefix: String(Prefix),
    delimiter: '',
    after: token === undefined ? String(StartAfter ?? '') : readToken(String(token)),
    maximum: mostKeys,
  };
  const { entries, truncated } = listKeys(sortedKeys(bucket), query);
  const last = entries.at(-1)?.name ?? '';
  return {
    Name: bucket.name,
    Prefix,
    MaxKeys: mostKeys,
    KeyCount: entries.length,
    IsTruncated: truncated,
    ...(token !== undefined && { ContinuationToken: token }),
    ...(StartAfter !== undefined && { StartAfter }),
    ...(truncated && { NextContinuationToken: writeToken(last) }),
    ...(entries.length > 0 && {
      Contents: entries.map(({ name }) => {
        const { etag, modified, size, checksum } = findObject(bucket, name);
        return {
          Key: name,
          LastModified: new Date(modified),
          ETag: quoted(etag),
          ...(checksum && {
            ChecksumAlgorithm: [checksum.algorithm],
            ChecksumType: checksum.type,
          }),
          Size: size,
          StorageClass: 'STANDARD',
        };
      }),
    }),
  };
}

const calls: Readonly<
  Record<string, (context: S3Context, parameters: S3Data) => S3Data | Promise<S3Data>>
> = { GetObject: getObject, PutObject: putObject, ListObjectsV2: listObjectsV2 };

/** Returns how to ask for an operation in this process; nothing for one, or a parameter of it, that only the API has. */
export function callOf(
  context: S3Context,
  operation: string,
  parameters: S3Data,
): (() => Promise<S3Data>) | undefined {
  const names = known[operation];
  const call = calls[operation];
  if (names === undefined || call === undefined) return undefined;
  const isKnown = Object.entries(parameters).every(
    ([name, value]) => names.includes(name) && (name === 'Body' || typeof value === 'string'),
  );
  return isKnown ? async () => call(context, parameters) : undefined;
}
