import type { IncomingHttpHeaders } from 'node:http';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  isChecksumAlgorithm,
} from './checksums.ts';
import { notImplemented, S3Error } from './errors.ts';

/** Largest body of one request: 5 GiB, as on S3. */
export const maxBodyBytes: number = 5 * 1024 ** 3;

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
    `the checksum algorithm ${name} (x-amz-checksum-${name.toLowerCase()}); use one of ${checksumAlgorithms.join(', ')}`,
  );
}

/** Tells whether a body travels as `aws-chunked`. */
export function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '')
  );
}

/** Bytes of the body, without framing. @throws {S3Error} MissingContentLength, InvalidArgument, EntityTooLarge */
export function announcedLength(
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

/** SHA-256 of the body in hex, when it is signed as a whole. @throws {S3Error} InvalidArgument */
export function announcedSha256(headers: Readonly<Record<string, string>>): string | undefined {
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

/**
 * Checks that the algorithm an SDK says it used is the one of the checksum it sends.
 * @param headers of the request itself: signers without a body put the name into presigned URLs too
 * @throws {S3Error} InvalidRequest
 */
export function verifySdkAlgorithm(
  headers: IncomingHttpHeaders,
  announced: ChecksumAlgorithm | undefined,
): void {
  const said = headers['x-amz-sdk-checksum-algorithm'];
  if (said === undefined || String(said).toUpperCase() === announced) return;
  throw new S3Error(
    'InvalidRequest',
    `x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found: ${said}.`,
  );
}
