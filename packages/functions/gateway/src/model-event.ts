import { type InferRequest, packTensor, stringifyJson } from '@chorus/protocol';

/** Largest event that Lambda takes with an invocation that waits, in bytes. */
const largestEvent = 6 * 1024 * 1024;

/**
 * Returns a request as the event for a model's function. One that would be too large has its tensors as base64, which
 * takes less room; so what fits into a request of bytes fits into the event.
 */
export function modelEvent(request: InferRequest): string {
  const json = stringifyJson(request);
  return json.length <= largestEvent
    ? json
    : stringifyJson({ ...request, inputs: request.inputs.map(packTensor) });
}
