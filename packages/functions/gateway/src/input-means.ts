import type { InputMeans } from '@chorus/blueprint';
import { newUploadKey } from '@chorus/photo/upload-key';
import { InternalError } from '@chorus/protocol';
import { uniqueId } from '@chorus/runtime/unique-id';
import type { Service } from './call.ts';
import { callAws } from './failures.ts';

/**
 * Returns the means to make a state machine's input: the rest of the request's time, and a store for bytes that no
 * input holds. `putAway` throws UnavailableError or DeadlineExceededError when the bytes cannot be put away in time.
 */
export function inputMeans(
  { clients, uploadsBucket }: Service,
  requestId: string,
  deadlineMs: number,
): InputMeans {
  return {
    requestId,
    timeout: () => Math.max(1, Math.floor((deadlineMs - Date.now()) * 1000)),
    async putAway(bytes) {
      if (uploadsBucket === undefined) {
        throw new InternalError('UPLOADS_BUCKET is not set: there is nowhere to put a large photo');
      }
      const key = newUploadKey(undefined, new Date(), uniqueId());
      const store = await clients.objectStore();
      await callAws('the store of photos', deadlineMs, (signal) =>
        store.write(uploadsBucket, key, bytes, signal),
      );
      return key;
    },
  };
}
