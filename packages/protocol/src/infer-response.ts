/** Inference responses: choosing outputs, encoding into a body, decoding on the client's side. */

import { checkSectionEnd, type EncodedBody, joinBody, splitBody } from './body.ts';
import { checkElements, countElements } from './elements.ts';
import { InternalError, InvalidRequestError, UnavailableError } from './errors.ts';
import { markInfinities, restoreInfinities } from './infinities.ts';
import {
  parseArray,
  parseMembers,
  parseName,
  parseOptionalString,
  parseParameters,
  parseTensor,
  type TensorContext,
} from './parse-tensor.ts';
import type { InferRequest, InferResponse, Tensor } from './types.ts';
import { locate, showNames, showShape, showValue } from './wording.ts';

/**
 * The tensors a request asked for, in the order it asked; all of them when it named none.
 *
 * @throws UnavailableError when one is not there: `checkInputs` has refused names the model never has, so this
 * output failed.
 */
export function selectOutputs(
  request: InferRequest,
  tensors: readonly Tensor[],
): readonly Tensor[] {
  const { outputs } = request;
  if (outputs === undefined || outputs.length === 0) {
    return tensors;
  }
  return outputs.map(({ name }) => {
    const tensor = tensors.find((candidate) => candidate.name === name);
    if (tensor === undefined) {
      throw new UnavailableError(
        `output ${JSON.stringify(name)} is not available; this answer has ${showNames(tensors.map((one) => one.name))}`,
      );
    }
    return tensor;
  });
}

/**
 * Encodes a response into a body. An output goes as bytes when the request's output says `binary_data`, or the
 * request says `binary_data_output`; else as JSON.
 *
 * NaN and infinities of FP outputs are `null` in JSON, and say in parameters which infinities they were.
 *
 * @throws InternalError when the model's numbers do not fit their own datatype or shape.
 */
export function encodeInferResponse(response: InferResponse, request: InferRequest): EncodedBody {
  const byDefault = request.parameters?.['binary_data_output'] === true;
  const isBinary = ({ name }: Tensor): boolean => {
    const asked = request.outputs?.find((output) => output.name === name)?.parameters;
    return asked?.['binary_data'] === undefined ? byDefault : asked['binary_data'] === true;
  };
  const outputs = response.outputs.map((tensor) => {
    checkOutput(tensor);
    return isBinary(tensor) ? tensor : markInfinities(tensor);
  });
  return joinBody(outputs, isBinary, (heads) => ({ ...response, outputs: heads }));
}

/**
 * Parses an inference response from parsed JSON, e.g. a model function's answer. FP data may hold NaN and infinities.
 *
 * @throws InternalError when it is not an inference response.
 */
export function parseInferResponse(value: unknown): InferResponse {
  return explain(() => parseResponse(value, { ...answers, section: undefined }));
}

/**
 * Decodes the body of an inference response: JSON, or JSON followed by binary tensors.
 *
 * @param headerLength value of the header `Inference-Header-Content-Length`.
 * @throws InternalError when it is not an inference response.
 */
export function decodeInferResponse(
  body: Uint8Array,
  headerLength: number | undefined,
): InferResponse {
  return explain(() => {
    const { value, section } = splitBody(body, headerLength);
    const response = parseResponse(value, { ...answers, section });
    checkSectionEnd(section, showNames(response.outputs.slice(-1).map(({ name }) => name)));
    return response;
  });
}

const answers = { nonFinite: 'any', specOf: () => undefined } as const;

/** A malformed answer is the server's fault, not the caller's. */
function explain(parse: () => InferResponse): InferResponse {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof InvalidRequestError) {
      throw new InternalError(`the answer is not an inference response: ${cause.message}`, {
        cause,
      });
    }
    throw cause;
  }
}

function parseResponse(value: unknown, context: TensorContext): InferResponse {
  const members = parseMembers(value, 'response');
  const version = parseOptionalString(members['model_version'], 'model_version');
  const parameters = parseParameters(members['parameters'], 'parameters');
  const outputs = parseArray(members['outputs'], 'outputs', 'tensors');
  return {
    model_name: parseName(members['model_name'], 'model_name'),
    ...(version === undefined ? {} : { model_version: version }),
    // Servers other than KServe's leave out the id when the request had none.
    id: parseOptionalString(members['id'], 'id') ?? '',
    ...(parameters === undefined ? {} : { parameters }),
    outputs: outputs.map((output, index) => {
      const path = `outputs[${index}]`;
      return restoreInfinities(parseTensor(output, path, context), path);
    }),
  };
}

function checkOutput(tensor: Tensor): void {
  const { name, datatype, shape, data, parameters } = tensor;
  const where = `output ${JSON.stringify(name)}`;
  if (data.length !== countElements(shape)) {
    throw new InternalError(
      `${where}: ${data.length} elements do not fill shape ${showShape(shape)}`,
    );
  }
  checkElements(data, { datatype, parameters, nonFinite: 'any' }, (index, expected) => {
    const value = showValue(data[index]);
    return new InternalError(
      `${where}, ${locate(index, shape)}: expected ${expected}, got ${value}`,
    );
  });
}
