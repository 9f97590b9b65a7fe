import { readFile } from 'node:fs/promises';
import { explainFileError } from '@chorus/emulator-files';
import {
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumType,
  isChecksumAlgorithm,
} from '../checksums.ts';

/** The record of a bucket beside its objects. */
export interface BucketFacts {
  /** Epoch milliseconds. */
  readonly created: number;
  /** Region, such as `us-east-1`. */
  readonly region: string;
}

/** All that is known about an object except its bytes; the footer of its file. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** Without quotes: MD5 in hex, for multipart objects MD5 of the parts' MD5s and `-<parts>`. */
  readonly etag: string;
  readonly checksum?: Checksum;
  /** `content-type`, `cache-control` and the like, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The multipart upload it was, so that completing it once more is known as such. */
  readonly uploadId?: string;
}

/** One part of a multipart upload; the footer of its file. */
export interface Part {
  readonly number: number;
  readonly size: number;
  /** MD5 in hex, without quotes. */
  readonly etag: string;
  readonly modified: number;
  readonly checksum?: Checksum;
}

/** The headers with which an upload began; they become the object's when it completes. */
export interface UploadFacts {
  readonly bucket: string;
  readonly key: string;
  readonly initiated: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return isFields(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** Tells whether a value is a whole number, none below 0: a count, a size or a time. */
function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isChecksumKind(value: unknown): value is Fields {
  return (
    isFields(value) &&
    typeof value['algorithm'] === 'string' &&
    isChecksumAlgorithm(value['algorithm']) &&
    (value['type'] === 'FULL_OBJECT' || value['type'] === 'COMPOSITE')
  );
}

function isChecksum(value: unknown): boolean {
  return isChecksumKind(value) && typeof value['value'] === 'string';
}

/** Tells whether a value read from a disk is what is kept of a bucket. */
export function isBucketFacts(value: unknown): value is BucketFacts {
  return isFields(value) && isWhole(value['created']) && typeof value['region'] === 'string';
}

/** Tells whether a value read from a disk describes an object. */
export function isStoredObject(value: unknown): value is StoredObject {
  return (
    isFields(value) &&
    typeof value['key'] === 'string' &&
    isWhole(value['size']) &&
    isWhole(value['modified']) &&
    typeof value['etag'] === 'string' &&
    isTexts(value['headers']) &&
    isTexts(value['metadata']) &&
    (value['checksum'] === undefined || isChecksum(value['checksum'])) &&
    (value['uploadId'] === undefined || typeof value['uploadId'] === 'string')
  );
}

/** Tells whether a value read from a disk describes a part. */
export function isPart(value: unknown): value is Part {
  return (
    isFields(value) &&
    isWhole(value['number']) &&
    isWhole(value['size']) &&
    isWhole(value['modified']) &&
    typeof value['etag'] === 'string' &&
    (value['checksum'] === undefined || isChecksum(value['checksum']))
  );
}

/** Tells whether a value read from a disk is what is kept of an unfinished upload. */
export function isUploadFacts(value: unknown): value is UploadFacts {
  return (
    isFields(value) &&
    typeof value['bucket'] === 'string' &&
    typeof value['key'] === 'string' &&
    isWhole(value['initiated']) &&
    isTexts(value['headers']) &&
    isTexts(value['metadata']) &&
    (value['checksum'] === undefined || isChecksumKind(value['checksum']))
  );
}

/**
 * Reads a JSON file of the store's own.
 *
 * @param isRecord whether it holds what it should
 * @throws {FileError} naming the file, when it is missing or holds anything else
 */
export async function readRecord<T>(
  path: string,
  isRecord: (value: unknown) => value is T,
): Promise<T> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isRecord(value)) return value;
    throw new Error('it holds something else');
  } catch (error) {
    throw explainFileError(error, path);
  }
}
