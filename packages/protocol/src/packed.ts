/**
 * Tensors packed into JSON: the bytes of their elements as base64 in the parameter `chorus_data`, in place of `data`. A
 * large FP32 tensor takes a quarter of the room that its numbers take as text. An extension of ours, for where JSON is all
 * that can be sent, as to a Lambda function.
 */

import { decodeBase64 } from './base64.ts';
import { type DecodedElements, decodeElements, encodeElements } from './binary-elements.ts';
import { InvalidRequestError } from './errors.ts';
import { withoutMarks } from './infinities.ts';
import type { Parameters, Tensor } from './types.ts';
import { showValue } from './wording.ts';

/** Returns a tensor packed; texts stay as they are. The data must have been checked. */
export function packTensor(tensor: Tensor): Tensor | Omit<Tensor, 'data'> {
  if (tensor.datatype === 'BYTES') {
    return tensor;
  }
  const { data: _, ...head } = tensor;
  const bytes = Buffer.from(encodeElements(tensor).buffer);
  const parameters = withoutMarks(head.parameters);
  return { ...head, parameters: { ...parameters, chorus_data: bytes.toString('base64') } };
}

/**
 * Returns the elements of a packed tensor, and the parameters that then describe it.
 *
 * @param data the member `data`, which has to be absent.
 * @param where names the tensor in messages.
 * @throws InvalidRequestError when it is not base64 of exactly the elements of the shape.
 */
export function unpackElements(
  head: Omit<Tensor, 'data'> & { readonly parameters: Parameters },
  data: unknown,
  where: string,
): DecodedElements {
  const { chorus_data: text, ...rest } = head.parameters;
  if (data !== undefined) {
    throw new InvalidRequestError(`${where}: send either data or chorus_data, not both`);
  }
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined;
  if (bytes === undefined || head.datatype === 'BYTES') {
    throw new InvalidRequestError(
      `${where}: the parameter chorus_data: expected base64 of numbers or truths, got ${head.datatype} ${showValue(text)}`,
    );
  }
  const { name, datatype, shape } = head;
  const { data: elements } = decodeElements(bytes, { name, datatype, shape }, where);
  return { data: elements, parameters: Object.keys(rest).length === 0 ? undefined : rest };
}
