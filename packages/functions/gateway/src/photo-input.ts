import { randomUUID } from 'node:crypto';
import { maxInlinePhotoBytes } from '@chorus/blueprint';
import {
  decodeBase64,
  type InferRequest,
  InternalError,
  InvalidRequestError,
} from '@chorus/protocol';
import type { Service } from './call.ts';
import { callAws } from './failures.ts';

/**
 * The input of a workflow that takes a photo: `{"image": base64}` or `{"key": …}`, with the place that the parameters
 * `lat` and `lon` name. A photo that is too large for a state machine is put into the uploads bucket first.
 *
 * @param request checked against the workflow's schema: its one input is one BYTES element.
 * @throws InvalidRequestError when the element is neither bytes nor a key; UnavailableError or DeadlineExceededError
 * when the photo cannot be put away in time.
 */
export async function photoInput(
  service: Service,
  request: InferRequest,
  deadlineMs: number,
): Promise<string> {
  const photo = await photoOf(service, request, deadlineMs);
  // Counted from the execution's own start, which is not before the photo has been put away.
  const timeout = Math.max(1, Math.floor((deadlineMs - Date.now()) * 1000));
  return JSON.stringify({ ...photo, ...placeOf(request), parameters: { timeout } });
}

async function photoOf(
  service: Service,
  { inputs }: InferRequest,
  deadlineMs: number,
): Promise<{ readonly key: string } | { readonly image: string }> {
  const [input] = inputs;
  const element = input?.data[0];
  const type = input?.parameters?.['content_type'];
  if (typeof element === 'string' && type === 'key') {
    return { key: element };
  }
  const bytes = bytesOf(element, type);
  return bytes.length <= maxInlinePhotoBytes
    ? { image: bytes.toString('base64') }
    : { key: await putAway(service, bytes, deadlineMs) };
}

/**
 * Bytes that are text (an SVG, say) come out of a binary request as they are: the workflow says what is wrong with them.
 * What is base64 but not said to be lacks its parameter in JSON.
 */
function bytesOf(element: unknown, type: unknown): Buffer {
  const decoded = typeof element === 'string' ? decodeBase64(element) : undefined;
  if (
    typeof element === 'string' &&
    type !== 'base64' &&
    (element === '' || decoded === undefined)
  ) {
    return Buffer.from(element);
  }
  if (decoded === undefined || type !== 'base64') {
    throw new InvalidRequestError(
      'input "image": expected the bytes of a photo: binary, or as a base64 string with the tensor\'s parameter content_type "base64"; or, with content_type "key", the key of an uploaded one',
    );
  }
  return decoded;
}

async function putAway(
  { clients, uploadsBucket }: Service,
  bytes: Uint8Array,
  deadlineMs: number,
): Promise<string> {
  if (uploadsBucket === undefined) {
    throw new InternalError('UPLOADS_BUCKET is not set: there is nowhere to put a large photo');
  }
  const key = `uploads/${new Date().toISOString().slice(0, 10)}/${randomUUID()}`;
  const store = await clients.objectStore();
  await callAws('the store of photos', deadlineMs, (signal) =>
    store.write(uploadsBucket, key, bytes, signal),
  );
  return key;
}

/** As they are: the workflow judges them, for both doors. */
function placeOf({ parameters = {} }: InferRequest): { readonly location?: unknown } {
  const { lat, lon } = parameters;
  return lat === undefined && lon === undefined ? {} : { location: { lat, lon } };
}
