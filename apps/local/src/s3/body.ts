import { createHash } from 'node:crypto';
import { createAwsChunkedDecoder } from './aws-chunked.ts';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  isChecksumAlgorithm,
  isChecksumValue,
  startChecksum,
} from './checksums.ts';
import { notImplemented, S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

/** What a received body turned out to be. */
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

/** Largest body of one request: 5 GiB, as on S3. */
const maxBodyBytes = 5 * 1024 ** 3;

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
  const algorithm = announced?.algorithm ?? options.algorithm;
  const sha256 = announcedSha256(headers);

  const md5 = createHash('md5');
  const hash = sha256 === undefined ? undefined : createHash('sha256');
  const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  const decoder = chunked ? createAwsChunkedDecoder() : undefined;
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

/**
 * Algorithm and, unless it comes as a trailer, value that a request announces in its headers.
 * @throws {S3Error} InvalidRequest for more than one, NotImplemented for an unknown algorithm
 */
export function announcedChecksum(
  headers: Readonly<Record<string, string>>,
): { readonly algorithm: ChecksumAlgorithm; readonly value?: string } | undefined {
  const names = Object.keys(headers)
    .filter((name) => /^x-amz-checksum-(?!mode$|algorithm$|type$)/.test(name))
    .map((name) => name.slice('x-amz-checksum-'.length).toUpperCase());
  const trailer = /^\s*x-amz-checksum-(\w+)\s*$/i.exec(headers['x-amz-trailer'] ?? '')?.[1];
  if (trailer !== undefined) names.push(trailer.toUpperCase());
  const [name, another] = names;
  if (name === undefined) return undefined;
  if (another !== undefined) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  }
  const algorithm = knownAlgorithm(name);
  const value = headers[checksumHeader(algorithm)];
  return value === undefined ? { algorithm } : { algorithm, value };
}

/** @throws {S3Error} NotImplemented */
export function knownAlgorithm(name: string): ChecksumAlgorithm {
  if (isChecksumAlgorithm(name)) return name;
  throw notImplemented(
    `the checksum algorithm ${name}; use one of ${checksumAlgorithms.join(', ')}`,
  );
}

function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '')
  );
}

function announcedLength(
  headers: Readonly<Record<string, string>>,
  chunked: boolean,
): number | undefined {
  const text = headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (text === undefined) {
    // S3 refuses a body of unknown length; what works here has to work there.
    if (chunked || headers['transfer-encoding'] !== undefined) {
      throw new S3Error('MissingContentLength');
    }
    return 0;
  }
  if (!/^\d{1,15}$/.test(text)) throw new S3Error('InvalidArgument', `Invalid length "${text}".`);
  const length = Number(text);
  if (length > maxBodyBytes) throw new S3Error('EntityTooLarge');
  return length;
}

function announcedSha256(headers: Readonly<Record<string, string>>): string | undefined {
  const value = headers['x-amz-content-sha256'];
  if (value === undefined || value === 'UNSIGNED-PAYLOAD' || value.startsWith('STREAMING-')) {
    return undefined;
  }
  if (/^[0-9a-f]{64}$/.test(value)) return value;
  throw new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-… or a valid sha256 value.',
  );
}

function verifyMd5(announced: string | undefined, actual: Buffer): void {
  if (announced === undefined) return;
  const bytes = Buffer.from(announced, 'base64');
  if (bytes.length !== 16) throw new S3Error('InvalidDigest');
  if (!bytes.equals(actual)) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}
