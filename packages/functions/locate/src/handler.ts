import { kindOf, type Location, locationOf, type PhotoReference, readPhoto } from '@chorus/photo';
import { DeadlineExceededError, InvalidRequestError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { parseLocateEvent } from './event.ts';

/** EXIF takes at most 64 kB of a JPEG and comes first. */
const jpegStartBytes = 262_144;

/**
 * Returns the location of a photo, from as little of it as will do. Other kinds may have their EXIF at the end, and
 * AVIF cannot be opened in part; nor can a JPEG whose depth map or gain map stands between EXIF and the size of the
 * picture.
 */
async function locate(photo: PhotoReference, deadlineMs: number): Promise<Location | undefined> {
  const start = await readPhoto(photo, { deadlineMs, firstBytes: jpegStartBytes });
  if (start.byteLength < jpegStartBytes) return locationOf(start);
  if (kindOf(start).contentType === 'image/jpeg') {
    try {
      return await locationOf(start);
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
    }
  }
  return locationOf(await readPhoto(photo, { deadlineMs }));
}

/** The function's answer. */
interface LocateAnswer {
  readonly location: Location | null;
}

/**
 * Makes the handler that says where a photo was taken, by its EXIF: `{"location":{"lat","lon"}}`, or `{"location":null}` when
 * that is not in it, or absurd. Of a large JPEG only the start is fetched. What it throws is of the protocol: 400, 404,
 * 413 and 415 as `readPhoto` and `openPhoto` have them, 503 when S3 fails, 504 when the deadline is past already.
 */
export function createLocateHandler(): Handler {
  return async (event, context): Promise<LocateAnswer | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    const { photo, deadlineMs = context.deadlineMs } = parseLocateEvent(event);
    const until = Math.min(deadlineMs, context.deadlineMs);
    if (Date.now() >= until) {
      throw new DeadlineExceededError('the deadline passed before the photo was read');
    }
    const location = await locate(photo, until);
    context.notes['located'] = location !== undefined;
    return { location: location ?? null };
  };
}
