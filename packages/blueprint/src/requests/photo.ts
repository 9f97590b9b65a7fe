import { decodeBase64, type InferRequest, InvalidRequestError } from '@chorus/protocol';
import { maxInlinePhotoBytes } from '../photo-request.ts';
import type { InputMeans, WorkflowRequest } from './request.ts';

/**
 * One photo: `{"image": base64}` or `{"key"}` of an upload, with the `location` that the caller may name; a BYTES element
 * for Open Inference clients, whose place is in the parameters `lat` and `lon`.
 */
export const photo: WorkflowRequest = {
  noun: 'a photo',
  members: {
    key: { types: ['string', 'null'] },
    image: { types: ['string', 'null'] },
    location: { types: ['object', 'null'] },
    parameters: { types: ['object', 'null'] },
  },
  async inputOf(request, means) {
    const given = await photoOf(request, means);
    // Counted from the execution's own start, which is not before the photo has been put away.
    const parameters = { timeout: means.timeout() };
    return JSON.stringify({ ...given, ...placeOf(request), parameters });
  },
  options: ['at'],
  async bodyOf(terminal) {
    const location = terminal.place();
    const given = await terminal.photo(maxInlinePhotoBytes);
    return location === undefined ? given : { ...given, location };
  },
  invitation: ({ workflow }) => `
What is in a photo:  npx -y pnpm@12 chorus predict ${workflow} photo.jpg
`,
};

/** A photo that is too large for a state machine is put away first. */
async function photoOf(
  { inputs: [input] }: InferRequest,
  means: InputMeans,
): Promise<{ readonly key: string } | { readonly image: string }> {
  const element = input?.data[0];
  const type = input?.parameters?.['content_type'];
  if (typeof element === 'string' && type === 'key') return { key: element };
  const bytes = bytesOf(element, type);
  return bytes.length <= maxInlinePhotoBytes
    ? { image: bytes.toString('base64') }
    : { key: await means.putAway(bytes) };
}

/**
 * Bytes that are text (an SVG, say) come out of a binary request as they are: the workflow says what is wrong with them.
 * What is base64 but not said to be lacks its parameter in JSON.
 */
function bytesOf(element: unknown, type: unknown): Buffer {
  const decoded = typeof element === 'string' ? decodeBase64(element) : undefined;
  if (typeof element === 'string' && type !== 'base64' && (element === '' || decoded === undefined))
    return Buffer.from(element);
  if (decoded === undefined || type !== 'base64')
    throw new InvalidRequestError(
      'input "image": expected the bytes of a photo: binary, or as a base64 string with the tensor\'s parameter content_type "base64"; or, with content_type "key", the key of an uploaded one',
    );
  return decoded;
}

/** As they are: the workflow judges them, for both entrances. */
function placeOf({ parameters = {} }: InferRequest): { readonly location?: unknown } {
  const { lat, lon } = parameters;
  return lat === undefined && lon === undefined ? {} : { location: { lat, lon } };
}
