/** Names of objects in the uploads bucket. */

import { InvalidRequestError } from '@chorus/protocol';
import type { PhotoKind } from './kinds.ts';

const maxKeyLength = 200;

/** Segments that are names, so none is `.` or `..` or empty. */
const keyPattern = /^uploads(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)+$/;

/**
 * Checks a key that a caller gave. The functions may read more of the bucket than callers may name.
 *
 * @throws InvalidRequestError (400) for any key that `POST /uploads` would not give.
 */
export function checkUploadKey(key: string): void {
  if (key.length > maxKeyLength || !keyPattern.test(key)) {
    const shown = JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
    throw new InvalidRequestError(
      `${shown} is not the key of an upload: give the "key" that POST /uploads answered, like uploads/2026-01-31/….jpg`,
    );
  }
}

/**
 * Returns the key for a new upload, `uploads/<day>/<uuid>.<extension>`: its day says when it expires, and it cannot
 * be guessed.
 *
 * @param kind none for bytes that were not looked at, whose key has no extension.
 * @param uuid random; in a function `uniqueId` of `@chorus/runtime`, which SnapStart does not repeat.
 */
export function newUploadKey(kind: PhotoKind | undefined, date: Date, uuid: string): string {
  const extension = kind === undefined ? '' : `.${kind.extension}`;
  return `uploads/${date.toISOString().slice(0, 10)}/${uuid}${extension}`;
}
