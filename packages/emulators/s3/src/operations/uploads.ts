import { announcedChecksum, knownAlgorithm } from '../announced.ts';
import { receiveBody } from '../body.ts';
import type { ChecksumAlgorithm, ChecksumType } from '../checksums.ts';
import { checksumElement, checksumHeader } from '../checksums.ts';
import type { Operation, S3Context } from '../context.ts';
import { S3Error } from '../errors.ts';
import { parseCopyRange } from '../range.ts';
import type { S3Request } from '../request.ts';
import { quoted, sendEmpty, sendXml } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import type { Part } from '../store/records.ts';
import { newDraft, type Upload } from '../store/store.ts';
import type { Draft } from '../store/stored-file.ts';
import { abortUpload, commitPart, createUpload, findUpload } from '../store/uploads.ts';
import { element, optional } from '../xml.ts';
import { copyBytes, copySource } from './copy-object.ts';
import { objectHeaders, userMetadata } from './object-facts.ts';
import { owner } from './owner.ts';
import { countParameter } from './parameters.ts';

export const createMultipartUpload: Operation = async (request, response, { store, now }) => {
  const { headers } = request;
  findBucket(store, request.bucket);
  const checksum = wantedChecksum(headers);
  const upload = await createUpload(store, {
    bucket: request.bucket,
    key: request.key,
    initiated: now(),
    headers: objectHeaders(headers),
    metadata: userMetadata(headers),
    ...(checksum && { checksum }),
  });
  if (checksum !== undefined) {
    response.setHeader('x-amz-checksum-algorithm', checksum.algorithm);
    response.setHeader('x-amz-checksum-type', checksum.type);
  }
  sendXml(response, 'InitiateMultipartUploadResult', [
    element('Bucket', upload.bucket),
    element('Key', upload.key),
    element('UploadId', upload.id),
  ]);
};

export const uploadPart: Operation = async (request, response, context) => {
  const upload = requestedUpload(request, context);
  const wanted = upload.checksum?.algorithm;
  const announced = announcedChecksum(request.headers)?.algorithm;
  if (wanted !== undefined && announced !== undefined && announced !== wanted) {
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${wanted.toLowerCase()}, actual checksum Type: ${announced.toLowerCase()}`,
    );
  }
  const part = await writePart(request, context, upload, async (draft) =>
    receiveBody(request, (bytes) => draft.append(bytes), { algorithm: wanted }),
  );
  const headers: Record<string, string> = { etag: quoted(part.etag) };
  if (part.checksum) headers[checksumHeader(part.checksum.algorithm)] = part.checksum.value;
  sendEmpty(response, 200, headers);
};

export const uploadPartCopy: Operation = async (request, response, context) => {
  const upload = requestedUpload(request, context);
  const source = copySource(request, context);
  const range = parseCopyRange(request.headers['x-amz-copy-source-range'], source.object.size);
  const part = await writePart(request, context, upload, (draft) =>
    copyBytes(source, draft, upload.checksum?.algorithm, range),
  );
  sendXml(response, 'CopyPartResult', [
    element('LastModified', new Date(part.modified).toISOString()),
    element('ETag', quoted(part.etag)),
    part.checksum && element(checksumElement(part.checksum.algorithm), part.checksum.value),
  ]);
};

export const abortMultipartUpload: Operation = async (request, response, context) => {
  await abortUpload(context.store, requestedUpload(request, context));
  sendEmpty(response, 204);
};

export const listParts: Operation = (request, response, context) => {
  const upload = requestedUpload(request, context);
  const maximum = countParameter(request.query, 'max-parts', 1000);
  const marker = countParameter(request.query, 'part-number-marker', 10_000, 0);
  const parts = [...upload.parts.values()]
    .filter((part) => part.number > marker)
    .sort((a, b) => a.number - b.number);
  const page = parts.slice(0, maximum);
  sendXml(response, 'ListPartsResult', [
    element('Bucket', upload.bucket),
    element('Key', upload.key),
    element('UploadId', upload.id),
    owner('Initiator'),
    owner('Owner'),
    element('StorageClass', 'STANDARD'),
    element('PartNumberMarker', marker),
    optional('NextPartNumberMarker', page.at(-1)?.number),
    element('MaxParts', maximum),
    element('IsTruncated', String(parts.length > page.length)),
    optional('ChecksumAlgorithm', upload.checksum?.algorithm),
    optional('ChecksumType', upload.checksum?.type),
    ...page.map((part) =>
      element('Part', [
        element('PartNumber', part.number),
        element('LastModified', new Date(part.modified).toISOString()),
        element('ETag', quoted(part.etag)),
        element('Size', part.size),
        part.checksum && element(checksumElement(part.checksum.algorithm), part.checksum.value),
      ]),
    ),
  ]);
};

/** The upload `uploadId` names. @throws {S3Error} NoSuchBucket, NoSuchUpload */
export function requestedUpload(request: S3Request, { store }: S3Context): Upload {
  findBucket(store, request.bucket);
  return findUpload(store, request.query.get('uploadId') ?? '', request.bucket, request.key);
}

async function writePart(
  request: S3Request,
  context: S3Context,
  upload: Upload,
  fill: (draft: Draft) => Promise<{
    size: number;
    md5: string;
    checksum?: { algorithm: ChecksumAlgorithm; value: string };
  }>,
): Promise<Part> {
  const number = Number(request.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000.');
  }
  const draft = await newDraft(context.store);
  try {
    const { size, md5, checksum } = await fill(draft);
    const part: Part = {
      number,
      size,
      etag: md5,
      modified: context.now(),
      ...(checksum && { checksum: { ...checksum, type: 'FULL_OBJECT' } }),
    };
    await commitPart(context.store, upload, draft, part);
    return part;
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

/** Checksum of the finished object; which types go with which algorithms is S3's table. */
function wantedChecksum(
  headers: Readonly<Record<string, string>>,
): { algorithm: ChecksumAlgorithm; type: ChecksumType } | undefined {
  const name = headers['x-amz-checksum-algorithm'];
  if (name === undefined) {
    if (headers['x-amz-checksum-type'] === undefined) return undefined;
    throw new S3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const algorithm = knownAlgorithm(name.toUpperCase());
  const isCrc = algorithm.startsWith('CRC');
  const type =
    headers['x-amz-checksum-type']?.toUpperCase() ??
    (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const allowed =
    (type === 'COMPOSITE' && algorithm !== 'CRC64NVME') || (type === 'FULL_OBJECT' && isCrc);
  if (!allowed) {
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    );
  }
  return { algorithm, type: type === 'COMPOSITE' ? 'COMPOSITE' : 'FULL_OBJECT' };
}
