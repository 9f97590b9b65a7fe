import { UnavailableError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createJsonHandler } from '@chorus/runtime/json-function';
import type { LabelsSettings } from './env.ts';
import { checkSize, example, parseLabel } from './label.ts';
import { openLabelStore } from './label-store.ts';

/** Longest that keeping a label may take, in milliseconds: less than the function's own time. */
const longestMs = 5000;

/**
 * Makes the handler of `POST /labels`: it keeps what a person says about an answer and answers 202, or `{"error": …}`: 503
 * when it cannot be kept.
 */
export function createLabelsHandler(settings: LabelsSettings): Handler {
  const keep = openLabelStore(settings);
  return createJsonHandler({
    expects: `send ${example}`,
    async answer(body, request) {
      checkSize(request.body);
      const label = parseLabel(body);
      try {
        await keep(label, new Date(), AbortSignal.timeout(longestMs));
      } catch (cause) {
        throw new UnavailableError('the label cannot be kept right now; send it again', { cause });
      }
      return { status: 202, value: {} };
    },
  });
}
