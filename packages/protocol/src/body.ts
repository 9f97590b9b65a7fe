/**
 * An HTTP body of the binary tensor extension: a JSON part, then the bytes of its tensors in their order.
 * Without the header `Inference-Header-Content-Length` the whole body is JSON.
 */

import { encodeElements } from './binary-elements.ts';
import { isBase64 } from './elements.ts';
import { InvalidRequestError } from './errors.ts';
import { stringifyJson } from './json.ts';
import { decodeJson } from './json-body.ts';
import type { Parameters, Tensor } from './types.ts';
import { showValue } from './wording.ts';

/** Name of the header that gives the length of the JSON part in bytes, in the lower case that Node gives. */
export const headerLengthName = 'inference-header-content-length';

/** A body ready to send, with the headers that describe it. */
export interface EncodedBody {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Record<string, string>;
}

/** The bytes after the JSON part; `offset` is where the next tensor begins. */
export interface BinarySection {
  readonly bytes: Uint8Array;
  offset: number;
}

/**
 * Reads the header `Inference-Header-Content-Length`; undefined when it is absent.
 *
 * @throws InvalidRequestError when it is not a non-negative integer.
 */
export function parseHeaderLength(value: string | null | undefined): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!/^\d{1,15}$/.test(value)) {
    throw new InvalidRequestError(
      `Inference-Header-Content-Length: expected a non-negative integer, got ${showValue(value)}`,
    );
  }
  return Number(value);
}

/** The end of an error about a body that is not text: the header that it may lack. */
const needsHeaderLength =
  '; a body with binary tensors needs the header Inference-Header-Content-Length';

/** Splits a body into its parsed JSON part and the section after it. */
export function splitBody(
  body: Uint8Array,
  headerLength: number | undefined,
): { readonly value: unknown; readonly section: BinarySection | undefined } {
  if (headerLength === undefined) {
    return { value: decodeJson(body, needsHeaderLength), section: undefined };
  }
  if (headerLength > body.length) {
    throw new InvalidRequestError(
      `Inference-Header-Content-Length is ${headerLength}, but the body has ${body.length} bytes`,
    );
  }
  const value = decodeJson(body.subarray(0, headerLength));
  return { value, section: { bytes: body.subarray(headerLength), offset: 0 } };
}

/** Checks that the tensors took the whole section. */
export function checkSectionEnd(section: BinarySection | undefined, lastTensor: string): void {
  if (section !== undefined && section.offset !== section.bytes.length) {
    throw new InvalidRequestError(
      `${section.bytes.length - section.offset} bytes follow the last tensor ${lastTensor}: its binary_data_size values add up to ${section.offset}, the binary section has ${section.bytes.length}`,
    );
  }
}

/** A tensor as the JSON part shows it when its elements follow as bytes. */
type TensorHead = Omit<Tensor, 'data'>;

/**
 * Joins a JSON message and its tensors: those that `isBinary` chooses go behind the JSON part as bytes.
 *
 * @param compose puts the tensors, as the JSON part shows them, into the message.
 */
export function joinBody(
  tensors: readonly Tensor[],
  isBinary: (tensor: Tensor) => boolean,
  compose: (tensors: readonly TensorHead[]) => unknown,
): EncodedBody {
  const blobs: Uint8Array[] = [];
  const heads = tensors.map((tensor) => {
    if (!isBinary(tensor)) {
      return tensor;
    }
    const bytes = encodeElements(tensor);
    blobs.push(bytes);
    const { data: _, ...head } = tensor;
    const parameters = { ...parametersOfBytes(tensor), binary_data_size: bytes.length };
    return { ...head, parameters };
  });
  const json = new TextEncoder().encode(stringifyJson(compose(heads)));
  if (blobs.length === 0) {
    return { body: json, headers: { 'content-type': 'application/json' } };
  }
  const body = new Uint8Array(blobs.reduce((sum, blob) => sum + blob.length, json.length));
  body.set(json);
  let offset = json.length;
  for (const blob of blobs) {
    body.set(blob, offset);
    offset += blob.length;
  }
  return {
    body,
    headers: {
      'content-type': 'application/octet-stream',
      [headerLengthName]: String(json.length),
    },
  };
}

/** Base64 stands for bytes in JSON only: as bytes, a tensor has the content type it first had. */
function parametersOfBytes(tensor: Tensor): Parameters | undefined {
  if (tensor.datatype !== 'BYTES' || !isBase64(tensor.parameters)) {
    return tensor.parameters;
  }
  const { content_type: _, chorus_content_type: original, ...rest } = tensor.parameters ?? {};
  return original === undefined ? rest : { ...rest, content_type: original };
}
