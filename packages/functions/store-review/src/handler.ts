import { ConflictError, DeadlineExceededError, UnavailableError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { StoreSettings } from './env.ts';
import { parseReview } from './review.ts';
import { openReviewStore, type StoredReview } from './review-store.ts';

/** Longest that keeping a review may take, in milliseconds: less than the function's own time. */
const longestMs = 5000;

/**
 * Makes the handler that keeps `{"id","text","result"}` in the table, and answers with the review as it is kept.
 *
 * @throws {InvalidRequestError} (400), {PayloadTooLargeError} (413), {ConflictError} (409) when the id has another text,
 *   {UnavailableError} (503) when the table cannot be written, {DeadlineExceededError} (504) when the deadline is past already
 */
export function createStoreHandler(
  settings: StoreSettings,
  clock: () => number = Date.now,
): Handler {
  const keep = openReviewStore(settings);
  return async (event, context): Promise<StoredReview | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    const review = parseReview(event);
    const left = Math.min(review.deadlineMs ?? Infinity, context.deadlineMs) - clock();
    if (left <= 0)
      throw new DeadlineExceededError('the deadline passed before the review was kept');
    try {
      return await keep(
        review,
        new Date(clock()),
        AbortSignal.timeout(Math.ceil(Math.min(left, longestMs))),
      );
    } catch (cause) {
      if (cause instanceof ConflictError) throw cause;
      throw new UnavailableError('the review cannot be kept right now; send it again', { cause });
    }
  };
}
