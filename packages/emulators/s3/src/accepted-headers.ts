import { accountId } from '@chorus/emulator-aws';
import { notImplemented, S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

/** About the request itself, or without consequence here: every operation takes them. */
const always = [
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-expected-bucket-owner',
  'x-amz-request-payer',
  'x-amz-security-token',
  'x-amz-user-agent',
];
const body = [
  'x-amz-checksum-*',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
];
const kept = ['x-amz-acl', 'x-amz-meta-*', 'x-amz-server-side-encryption', 'x-amz-storage-class'];
const reading = ['if-match', 'if-modified-since', 'if-none-match', 'if-unmodified-since'];
const writing = ['if-match', 'if-none-match'];
const source = [
  'x-amz-copy-source',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-unmodified-since',
  'x-amz-source-expected-bucket-owner',
];

/** The further headers that each operation understands; a name that ends in `*` stands for all that begin so. */
const understood: Readonly<Record<string, readonly string[]>> = {
  CreateBucket: [
    ...body,
    'x-amz-acl',
    'x-amz-bucket-object-lock-enabled',
    'x-amz-object-ownership',
  ],
  DeleteObjects: body,
  HeadObject: [...reading, 'x-amz-checksum-mode'],
  GetObject: [...reading, 'x-amz-checksum-mode'],
  UploadPartCopy: [...source, 'x-amz-copy-source-range'],
  UploadPart: body,
  CopyObject: [
    ...source,
    ...kept,
    ...writing,
    'x-amz-checksum-algorithm',
    'x-amz-metadata-directive',
  ],
  PutObject: [...body, ...kept, ...writing],
  CreateMultipartUpload: [...kept, 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
  CompleteMultipartUpload: [...body, ...writing, 'x-amz-checksum-type', 'x-amz-mp-object-size'],
  DeleteObject: writing,
};

/** Checksum headers that are no value of the body. */
const aboutChecksums = ['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type'];

/** Headers that may only say what is the case anyway, as far as a program can tell. */
const onlyValues: Readonly<Record<string, readonly string[]>> = {
  'x-amz-acl': ['private', 'bucket-owner-full-control'],
  'x-amz-bucket-object-lock-enabled': ['false', 'False'],
  'x-amz-checksum-mode': ['ENABLED', 'enabled'],
  'x-amz-object-ownership': ['BucketOwnerEnforced'],
  'x-amz-request-payer': ['requester'],
  'x-amz-server-side-encryption': ['AES256'],
  'x-amz-storage-class': ['STANDARD'],
};

/**
 * Refuses headers that ask for what the operation does not do here: those of S3's (`x-amz-…`), and conditions.
 *
 * @param operation as the API reference calls it
 * @throws {S3Error} NotImplemented naming the header, AccessDenied for another owner
 */
export function checkHeaders(request: S3Request, operation: string): void {
  const names = [...always, ...(understood[operation] ?? [])];
  for (const [name, value] of Object.entries(request.headers)) {
    if (!name.startsWith('x-amz-') && !reading.includes(name) && name !== 'content-range') continue;
    if (name.endsWith('expected-bucket-owner') && value !== accountId) {
      throw new S3Error('AccessDenied', `${name}: every local bucket belongs to ${accountId}.`);
    }
    if (!names.some((each) => fits(name, each)) || onlyValues[name]?.includes(value) === false) {
      throw notImplemented(`${operation} with the header ${name}: ${value}`);
    }
  }
}

function fits(name: string, pattern: string): boolean {
  if (!pattern.endsWith('*')) return name === pattern;
  return name.startsWith(pattern.slice(0, -1)) && !aboutChecksums.includes(name);
}
