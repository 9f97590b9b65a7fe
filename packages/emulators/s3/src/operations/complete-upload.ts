import { createHash } from 'node:crypto';
import { announcedChecksum } from '../announced.ts';
import { receiveText } from '../body.ts';
import { type Checksum, checksumElement, startChecksum } from '../checksums.ts';
import { writeCondition } from '../conditions.ts';
import type { Operation, S3Context } from '../context.ts';
import { S3Error } from '../errors.ts';
import type { S3Request } from '../request.ts';
import { quoted, sendXml } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import type { Part, StoredObject } from '../store/records.ts';
import { type Bucket, clearAway, type Upload } from '../store/store.ts';
import type { Draft } from '../store/stored-file.ts';
import { readPart } from '../store/uploads.ts';
import { childElements, element, parseXml } from '../xml.ts';
import { type Document, etagOf, listedParts } from './listed-parts.ts';
import { announce, writeObject } from './put-object.ts';
import { requestedUpload } from './uploads.ts';

export const completeMultipartUpload: Operation = async (request, response, context) => {
  const { store } = context;
  // The checksum headers of this request are the object's, not the document's.
  const text = await receiveText(request, { ignoreChecksum: true });
  const document = parseXml(text, 'CompleteMultipartUpload');
  // Sent again before the first was answered: what comes of that decides.
  await store.completing.get(request.query.get('uploadId') ?? '');
  const bucket = findBucket(store, request.bucket);
  const object =
    completedBefore(request, bucket, document) ??
    (await complete(request, context, bucket, document));
  sendXml(response, 'CompleteMultipartUploadResult', [
    element('Location', `http://${request.headers['host'] ?? 'localhost'}${request.path}`),
    element('Bucket', bucket.name),
    element('Key', object.key),
    element('ETag', quoted(object.etag)),
    object.checksum && element(checksumElement(object.checksum.algorithm), object.checksum.value),
    object.checksum && element('ChecksumType', object.checksum.type),
  ]);
};

/**
 * The object an upload became already, when a client whose answer was lost asks again (S3 answers as before).
 * @throws {S3Error} InvalidPart when other parts are listed
 */
function completedBefore(
  request: S3Request,
  bucket: Bucket,
  document: Document,
): StoredObject | undefined {
  const object = bucket.objects.get(request.key);
  if (object?.uploadId === undefined || object.uploadId !== request.query.get('uploadId')) {
    return undefined;
  }
  const etags = childElements(document, 'Part').map((node) => etagOf(node) ?? '');
  if (multipartEtag(etags) !== object.etag) throw new S3Error('InvalidPart');
  return object;
}

async function complete(
  request: S3Request,
  context: S3Context,
  bucket: Bucket,
  document: Document,
): Promise<StoredObject> {
  const { store } = context;
  const { headers } = request;
  const upload = requestedUpload(request, context);
  const parts = listedParts(upload, document);
  const condition = writeCondition(headers, request.key);
  condition(bucket.objects.get(request.key));

  // While it is being put together the upload is out of reach: its parts can neither change nor go.
  store.uploads.delete(upload.id);
  const writing = writeObject(context, bucket, condition, async (draft) => {
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    verifySize(headers['x-amz-mp-object-size'], size);
    const checksum = await joinParts(upload, parts, draft);
    verifyChecksumType(headers['x-amz-checksum-type'], checksum);
    verifyObjectChecksum(headers, checksum);
    return {
      key: upload.key,
      size,
      etag: multipartEtag(parts.map((part) => part.etag)),
      ...(checksum && { checksum }),
      headers: upload.headers,
      metadata: upload.metadata,
      modified: context.now(),
      uploadId: upload.id,
    };
  });
  const ended = writing.then(
    () => undefined,
    () => {
      if (store.buckets.get(bucket.name) === bucket) store.uploads.set(upload.id, upload);
    },
  );
  store.completing.set(
    upload.id,
    ended.finally(() => store.completing.delete(upload.id)),
  );
  const object = await writing;
  await clearAway(store, upload.path);
  announce(context, 'ObjectCreated:CompleteMultipartUpload', bucket, object);
  return object;
}

/** Writes the parts one after the other and gives the checksum of the whole, of the type the upload asked for. */
async function joinParts(
  upload: Upload,
  parts: readonly Part[],
  draft: Draft,
): Promise<Checksum | undefined> {
  const wanted = upload.checksum;
  const checksum = wanted && startChecksum(wanted.algorithm);
  for (const part of parts) {
    if (wanted?.type === 'COMPOSITE') {
      checksum?.update(Buffer.from(part.checksum?.value ?? '', 'base64'));
    }
    for await (const bytes of readPart(upload, part)) {
      if (wanted?.type === 'FULL_OBJECT') checksum?.update(bytes);
      await draft.append(bytes);
    }
  }
  if (wanted === undefined || checksum === undefined) return undefined;
  const value = checksum.base64();
  return { ...wanted, value: wanted.type === 'COMPOSITE' ? `${value}-${parts.length}` : value };
}

/** MD5 of the parts' MD5s, and how many there are. */
function multipartEtag(etags: readonly string[]): string {
  const md5 = createHash('md5');
  for (const etag of etags) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${etags.length}`;
}

function verifySize(announced: string | undefined, size: number): void {
  if (announced !== undefined && Number(announced) !== size) {
    throw new S3Error(
      'InvalidRequest',
      `x-amz-mp-object-size is ${announced}; the parts together have ${size} bytes.`,
    );
  }
}

/** @throws {S3Error} BadDigest when the request names another checksum than the parts add up to */
function verifyObjectChecksum(
  headers: Readonly<Record<string, string>>,
  checksum: Checksum | undefined,
): void {
  const announced = announcedChecksum(headers);
  if (announced?.value === undefined) return;
  if (announced.algorithm !== checksum?.algorithm) {
    throw new S3Error(
      'InvalidRequest',
      `The upload was not created with the checksum algorithm ${announced.algorithm}.`,
    );
  }
  const [value] = checksum.value.split('-');
  const [given] = announced.value.split('-');
  if (given !== value) {
    throw new S3Error(
      'BadDigest',
      `The ${announced.algorithm} you specified did not match the calculated checksum.`,
    );
  }
}

/** @throws {S3Error} InvalidRequest when the request names another type than the upload began with */
function verifyChecksumType(type: string | undefined, checksum: Checksum | undefined): void {
  if (type === undefined || type.toUpperCase() === checksum?.type) return;
  throw new S3Error(
    'InvalidRequest',
    `The upload was created with the checksum type ${checksum?.type ?? 'none'}, not ${type}.`,
  );
}
