import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { knownAlgorithm } from '../announced.ts';
import { type ChecksumAlgorithm, checksumElement, startChecksum } from '../checksums.ts';
import { checkReadConditions, writeCondition } from '../conditions.ts';
import type { Operation, S3Context } from '../context.ts';
import { notImplemented, S3Error } from '../errors.ts';
import type { ByteRange } from '../range.ts';
import { decodePath, type S3Request } from '../request.ts';
import { quoted, sendXml } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import { findObject, openObject } from '../store/objects.ts';
import type { StoredObject } from '../store/records.ts';
import type { Bucket } from '../store/store.ts';
import { type Draft, readBody, whole } from '../store/stored-file.ts';
import { element } from '../xml.ts';
import { objectHeaders, userMetadata } from './object-facts.ts';
import { announce, writeObject } from './put-object.ts';

export const copyObject: Operation = async (request, response, context) => {
  const { headers, key } = request;
  const bucket = findBucket(context.store, request.bucket);
  const source = copySource(request, context);
  const replace = metadataDirective(headers) === 'REPLACE';
  if (!replace && source.bucket === bucket && source.object.key === key) {
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
    );
  }
  const kept = replace
    ? { headers: objectHeaders(headers), metadata: userMetadata(headers) }
    : { headers: source.object.headers, metadata: source.object.metadata };
  const wanted = headers['x-amz-checksum-algorithm'];
  const algorithm =
    wanted === undefined ? source.object.checksum?.algorithm : knownAlgorithm(wanted.toUpperCase());

  const object = await writeObject(context, bucket, writeCondition(headers, key), async (draft) => {
    const copied = await copyBytes(source, draft, algorithm);
    return {
      key,
      size: copied.size,
      etag: copied.md5,
      ...(copied.checksum && { checksum: { ...copied.checksum, type: 'FULL_OBJECT' } }),
      ...kept,
      modified: context.now(),
    };
  });
  announce(context, 'ObjectCreated:Copy', bucket, object);
  sendXml(response, 'CopyObjectResult', [
    element('LastModified', new Date(object.modified).toISOString()),
    element('ETag', quoted(object.etag)),
    object.checksum && element(checksumElement(object.checksum.algorithm), object.checksum.value),
  ]);
};

/** The object that a copy is made from. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly object: StoredObject;
}

/**
 * Finds the object `x-amz-copy-source` names (`/bucket/key` or `bucket/key`, percent-encoded) and checks the copy's
 * conditions on it.
 * @throws {S3Error} InvalidArgument, NoSuchBucket, NoSuchKey, PreconditionFailed, NotImplemented (other versions)
 */
export function copySource(request: S3Request, { store }: S3Context): CopySource {
  const [path = '', version] = (request.headers['x-amz-copy-source'] ?? '').split('?versionId=');
  if (version !== undefined && version !== 'null') throw notImplemented('copies of versions');
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decodePath(path));
  if (match === null) {
    throw new S3Error('InvalidArgument', 'x-amz-copy-source must be <bucket>/<key>.');
  }
  const bucket = findBucket(store, match[1] ?? '');
  const object = findObject(bucket, match[2] ?? '');
  checkReadConditions(request.headers, object, 'x-amz-copy-source-');
  return { bucket, object };
}

/** Streams a source, or a range of it, into a draft. @throws {S3Error} when it was replaced or went away meanwhile */
export async function copyBytes(
  source: CopySource,
  draft: Draft,
  algorithm: ChecksumAlgorithm | undefined,
  range?: ByteRange,
): Promise<{
  size: number;
  md5: string;
  checksum?: { algorithm: ChecksumAlgorithm; value: string };
}> {
  const { object, fd } = openObject(source.bucket, source.object.key);
  if (object !== source.object) {
    closeSync(fd);
    throw new S3Error('InternalError', 'The source was replaced while the copy began; try again.');
  }
  const start = range?.start ?? 0;
  const size = range === undefined ? object.size : range.end - range.start + 1;
  const md5 = createHash('md5');
  const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  for await (const bytes of whole(readBody(fd, start, size), size)) {
    md5.update(bytes);
    checksum?.update(bytes);
    await draft.append(bytes);
  }
  const copied = { size, md5: md5.digest('hex') };
  if (algorithm === undefined || checksum === undefined) return copied;
  return { ...copied, checksum: { algorithm, value: checksum.base64() } };
}

function metadataDirective(headers: Readonly<Record<string, string>>): 'COPY' | 'REPLACE' {
  const directive = headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive === 'COPY' || directive === 'REPLACE') return directive;
  throw new S3Error('InvalidArgument', 'Unknown metadata directive.', {
    ArgumentName: 'x-amz-metadata-directive',
    ArgumentValue: directive,
  });
}
