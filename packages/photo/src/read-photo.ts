import {
  InvalidRequestError,
  NotFoundError,
  PayloadTooLargeError,
  type ProtocolError,
  UnavailableError,
} from '@chorus/protocol';
import { ObjectError, readObject } from '@chorus/runtime/s3-object';
import { decodePhoto } from './base64.ts';
import { uploadsBucket } from './env.ts';
import { maxPhotoBytes } from './kinds.ts';
import { checkUploadKey } from './upload-key.ts';

/** A photo as a request names it: uploaded before, or in base64. */
export type PhotoReference = { readonly key: string } | { readonly image: string };

/** The limits of a photo's reading. */
export interface ReadOptions {
  /** Epoch milliseconds at which the caller needs an answer. */
  readonly deadlineMs: number;
  /** The number of bytes to read from the start of an upload. */
  readonly firstBytes?: number;
}

/** Longest time spent on failing attempts to read an upload; the caller then hears so while it can act. */
const longestRetryMs = 5_000;
/** Left of the deadline to answer in. */
const reserveMs = 200;

/** Returns the caller's error for an upload that S3 did not give. */
function failureOfUpload(error: ObjectError, key: string): ProtocolError {
  const options: ErrorOptions = { cause: error };
  switch (error.reason) {
    case 'missing-key':
      return new NotFoundError(
        `no photo at ${key}: it was never uploaded or has expired; upload it with POST /uploads`,
        options,
      );
    case 'too-large':
      return new PayloadTooLargeError(
        `the photo at ${key} has more than ${maxPhotoBytes} bytes: upload it smaller`,
        options,
      );
    default:
      return new UnavailableError('uploaded photos cannot be read right now; try again', options);
  }
}

/** Reads an upload; S3 that fails is asked again while there is time. */
async function readUpload(key: string, { deadlineMs, firstBytes }: ReadOptions): Promise<Buffer> {
  checkUploadKey(key);
  const now = Date.now();
  const until = deadlineMs - reserveMs;
  try {
    return await readObject({
      bucket: uploadsBucket(),
      key,
      retryUntil: Math.min(now + longestRetryMs, until),
      // A timer takes no more than 2^31 ms, and none at all is the deadline of a test.
      signal: AbortSignal.timeout(Math.min(Math.max(until - now, 0), 2 ** 31 - 1)),
      maxBytes: maxPhotoBytes,
      ...(firstBytes !== undefined && { firstBytes }),
    });
  } catch (error) {
    throw error instanceof ObjectError ? failureOfUpload(error, key) : error;
  }
}

/**
 * Returns the bytes of a photo as they were sent. `openPhoto` tells whether they are a photo at all.
 *
 * @throws InvalidRequestError (400) for a key outside of the uploads, for what is not base64, and for 0 bytes.
 * @throws NotFoundError (404) when nothing was uploaded there, or it has expired.
 * @throws PayloadTooLargeError (413) for more than `maxPhotoBytes`, of which no more are downloaded.
 * @throws UnavailableError (503) when S3 fails until shortly before the deadline.
 */
export async function readPhoto(reference: PhotoReference, options: ReadOptions): Promise<Buffer> {
  if ('image' in reference) return decodePhoto(reference.image);
  const bytes = await readUpload(reference.key, options);
  if (bytes.byteLength === 0) {
    throw new InvalidRequestError(`the photo at ${reference.key} is empty: it has 0 bytes`);
  }
  return bytes;
}
