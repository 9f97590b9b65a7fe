import { createHash } from 'node:crypto';
import {
  announcedChecksum,
  announcedLength,
  announcedSha256,
  isChunked,
  maxBodyBytes,
  verifySdkAlgorithm,
} from './announced.ts';
import { createAwsChunkedDecoder } from './aws-chunked.ts';
import {
  type ChecksumAlgorithm,
  checksumHeader,
  isChecksumValue,
  startChecksum,
} from './checksums.ts';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

/** The size and digests of a received body. */
export interface ReceivedBody {
  readonly size: number;
  /** Hex. */
  readonly md5: string;
  /** Value in base64. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

export interface ReceiveOptions {
  /** Computed when the request itself names none. */
  readonly algorithm?: ChecksumAlgorithm | undefined;
  /** The checksum headers speak of something else than the body (CompleteMultipartUpload). */
  readonly ignoreChecksum?: boolean;
}

/**
 * Streams the body of a request into `sink`, with `aws-chunked` framing taken off, and verifies all that the request
 * says about it: length, Content-MD5, x-amz-content-sha256, x-amz-checksum-* as header or trailer.
 * @throws {S3Error} when anything differs; what `sink` got must then be thrown away.
 */
export async function receiveBody(
  request: S3Request,
  sink: (bytes: Buffer) => Promise<void> | void,
  options: ReceiveOptions = {},
): Promise<ReceivedBody> {
  const { headers } = request;
  const chunked = isChunked(headers);
  const length = announcedLength(headers, chunked);
  const announced = options.ignoreChecksum ? undefined : announcedChecksum(headers);
  if (!options.ignoreChecksum) verifySdkAlgorithm(request.incoming.headers, announced?.algorithm);
  const algorithm = announced?.algorithm ?? options.algorithm;
  const sha256 = announcedSha256(headers);

  const md5 = createHash('md5');
  const hash = sha256 === undefined ? undefined : createHash('sha256');
  const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  const decoder = chunked ? createAwsChunkedDecoder(request.chunkSigning) : undefined;
  let size = 0;
  // The connection has to outlive a refusal, or the caller would see a reset instead of the error.
  const pieces = request.incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const piece of pieces) {
    for (const bytes of decoder?.push(piece) ?? [piece]) {
      size += bytes.length;
      if (size > maxBodyBytes) throw new S3Error('EntityTooLarge');
      md5.update(bytes);
      hash?.update(bytes);
      checksum?.update(bytes);
      await sink(bytes);
    }
  }
  const trailers = decoder?.end();

  if (length !== undefined && size !== length) throw new S3Error('IncompleteBody');
  if (sha256 !== undefined && hash?.digest('hex') !== sha256) {
    throw new S3Error('XAmzContentSHA256Mismatch');
  }
  const md5Digest = md5.digest();
  verifyMd5(headers['content-md5'], md5Digest);
  const received: ReceivedBody = { size, md5: md5Digest.toString('hex') };
  if (algorithm === undefined || checksum === undefined) return received;
  const value = checksum.base64();
  if (announced !== undefined) {
    verifyChecksum(algorithm, announced.value ?? trailers?.get(checksumHeader(algorithm)), value);
  }
  return { ...received, checksum: { algorithm, value } };
}

/** Receives a body that is small by nature (an XML document) as text. @throws {S3Error} */
export async function receiveText(
  request: S3Request,
  options: ReceiveOptions = {},
): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  await receiveBody(
    request,
    (bytes) => {
      size += bytes.length;
      // 1000 keys of 1024 bytes, every one of them escaped, stay far below.
      if (size > 16 * 1024 * 1024) throw new S3Error('EntityTooLarge');
      pieces.push(bytes);
    },
    options,
  );
  return Buffer.concat(pieces).toString();
}

/** @throws {S3Error} BadDigest when `announced` is a checksum and not `actual`, InvalidRequest when it is none. */
function verifyChecksum(
  algorithm: ChecksumAlgorithm,
  announced: string | undefined,
  actual: string,
): void {
  if (announced === undefined || !isChecksumValue(algorithm, announced)) {
    throw new S3Error(
      'InvalidRequest',
      `Value for ${checksumHeader(algorithm)} header or trailer is missing or invalid.`,
    );
  }
  if (announced !== actual) {
    throw new S3Error(
      'BadDigest',
      `The ${algorithm} you specified did not match the calculated checksum.`,
    );
  }
}

function verifyMd5(announced: string | undefined, actual: Buffer): void {
  if (announced === undefined) return;
  const bytes = Buffer.from(announced, 'base64');
  if (bytes.length !== 16) throw new S3Error('InvalidDigest');
  if (!bytes.equals(actual)) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}
