import { readFile } from 'node:fs/promises';
import { explainFileError } from '@chorus/emulator-files';
import { isChecksumAlgorithm } from '../checksums.ts';
import type { StoredObject } from './objects.ts';
import type { Part, UploadFacts } from './uploads.ts';

/** What is kept of a bucket beside its objects. */
export interface BucketFacts {
  /** Epoch milliseconds. */
  readonly created: number;
  /** Region, such as `us-east-1`. */
  readonly region: string;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return isFields(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** Whether a value is a whole number, none below 0: a count, a size or a time. */
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

/** Whether a value read from a disk is what is kept of a bucket. */
export function isBucketFacts(value: unknown): value is BucketFacts {
  return isFields(value) && isWhole(value['created']) && typeof value['region'] === 'string';
}

/** Whether a value read from a disk describes an object. */
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

/** Whether a value read from a disk describes a part. */
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

/** Whether a value read from a disk is what is kept of an unfinished upload. */
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
