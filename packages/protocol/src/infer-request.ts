/** Inference requests: parsing from JSON and from a body, encoding into a body. */

import { decodeByteStrings, decodeElements, elementSize } from './binary-elements.ts';
import {
  type BinarySection,
  checkSectionEnd,
  type EncodedBody,
  joinBody,
  splitBody,
} from './body.ts';
import { checkElements } from './elements.ts';
import { InvalidRequestError, UnsupportedError } from './errors.ts';
import {
  checkDistinct,
  parseArray,
  parseMembers,
  parseName,
  parseOptionalString,
  parseParameters,
  parseTensor,
  type TensorContext,
} from './parse-tensor.ts';
import type { InferRequest, ModelSchema, Parameters, RequestedOutput, Tensor } from './types.ts';
import { locate, showNames, showShape, showValue } from './wording.ts';

/**
 * Parses an inference request from parsed JSON, e.g. a Lambda event. The tensors' data comes out flat. Unknown
 * members are ignored; null counts as absent where a member is optional.
 *
 * @param schema says where values may be missing, `null` or NaN, which is refused elsewhere; and with it messages name the
 * column of a wrong element.
 * @throws InvalidRequestError naming the member, and for an element its tensor, row and column.
 * @throws UnsupportedError for shared memory and the classification extension.
 */
export function parseInferRequest(value: unknown, schema?: ModelSchema): InferRequest {
  return parseRequest(value, requestContext(undefined, schema));
}

/**
 * Decodes the body of an inference request: JSON, or JSON followed by binary tensors. The parameter
 * `binary_data_size` is gone afterwards, so the request can travel on as JSON.
 *
 * @param headerLength value of the header `Inference-Header-Content-Length`; 0 means that the body is the bytes
 * of the model's only input, which needs the schema.
 * @throws InvalidRequestError and UnsupportedError as `parseInferRequest` does.
 */
export function decodeInferRequest(
  body: Uint8Array,
  headerLength: number | undefined,
  schema?: ModelSchema,
): InferRequest {
  if (headerLength === 0) {
    return decodeRawRequest(body, schema);
  }
  const { value, section } = splitBody(body, headerLength);
  const request = parseRequest(value, requestContext(section, schema));
  checkSectionEnd(section, showNames(request.inputs.slice(-1).map(({ name }) => name)));
  return request;
}

/** The tensors to send as bytes: all, none, or those named. */
export interface EncodeOptions {
  readonly binary?: boolean | readonly string[];
}

/**
 * Encodes a request into a body, as a client sends it. All tensors go as JSON unless `binary` says otherwise. NaN, a
 * missing value, is `null` in JSON; the server knows which models take it.
 *
 * @throws InvalidRequestError when an element does not belong to its datatype or does not fill the shape.
 */
export function encodeInferRequest(
  request: InferRequest,
  { binary = false }: EncodeOptions = {},
): EncodedBody {
  const parsed = parseRequest(request, { ...requestContext(undefined), nonFinite: 'missing' });
  return joinBody(
    parsed.inputs,
    ({ name }) => (typeof binary === 'boolean' ? binary : binary.includes(name)),
    (heads) => ({ ...parsed, inputs: heads }),
  );
}

function requestContext(
  section: BinarySection | undefined,
  schema?: ModelSchema | undefined,
): TensorContext {
  const specOf = (name: string) => schema?.inputs.find((spec) => spec.name === name);
  return { section, nonFinite: 'none', specOf };
}

function parseRequest(value: unknown, context: TensorContext): InferRequest {
  const members = parseMembers(value, 'request');
  const id = parseOptionalString(members['id'], 'id');
  const parameters = parseParameters(members['parameters'], 'parameters');
  checkFlag(parameters, 'binary_data_output', 'parameters');
  const inputs = parseArray(members['inputs'], 'inputs', 'tensors').map((input, index) =>
    parseTensor(input, `inputs[${index}]`, context),
  );
  checkDistinct(
    inputs.map(({ name }) => name),
    'inputs',
  );
  const outputs = parseRequestedOutputs(members['outputs']);
  return {
    ...(id === undefined ? {} : { id }),
    ...(parameters === undefined ? {} : { parameters }),
    inputs,
    ...(outputs === undefined ? {} : { outputs }),
  };
}

function parseRequestedOutputs(value: unknown): readonly RequestedOutput[] | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const outputs = parseArray(value, 'outputs', 'requested outputs').map((output, index) =>
    parseRequestedOutput(output, `outputs[${index}]`),
  );
  checkDistinct(
    outputs.map(({ name }) => name),
    'outputs',
  );
  return outputs;
}

function parseRequestedOutput(value: unknown, path: string): RequestedOutput {
  const members = parseMembers(value, path);
  const name = parseName(members['name'], `${path}.name`);
  const parameters = parseParameters(members['parameters'], `${path}.parameters`);
  checkFlag(parameters, 'binary_data', `${path}.parameters`);
  for (const feature of ['classification', 'shared_memory_region']) {
    // Triton's default for `classification` is 0: the tensor itself.
    if (parameters?.[feature] !== undefined && parameters[feature] !== 0) {
      throw new UnsupportedError(`${path}.parameters.${feature} is not supported`);
    }
  }
  return { name, ...(parameters === undefined ? {} : { parameters }) };
}

function checkFlag(parameters: Parameters | undefined, name: string, path: string): void {
  const flag = parameters?.[name];
  if (flag !== undefined && typeof flag !== 'boolean') {
    throw new InvalidRequestError(
      `${path}.${name}: expected true or false, got ${showValue(flag)}`,
    );
  }
}

/**
 * A body that is nothing but the bytes of one input, e.g. of a picture. Its shape follows from its length, so at
 * most one dimension may vary; for BYTES the whole body is the one element.
 * Source: Triton, `docs/protocol/extension_binary_data.md`, "Raw Binary Request".
 */
function decodeRawRequest(body: Uint8Array, schema: ModelSchema | undefined): InferRequest {
  const [spec, ...others] = schema?.inputs ?? [];
  if (spec === undefined || others.length > 0) {
    throw new InvalidRequestError(
      'Inference-Header-Content-Length is 0, which works only for a model with a single input; send the JSON part too',
    );
  }
  const where = `input ${JSON.stringify(spec.name)}`;
  const shape = spec.datatype === 'BYTES' ? spec.shape.map(() => 1) : rawShape(body.length, spec);
  const head = { name: spec.name, datatype: spec.datatype, shape };
  const { data, parameters } =
    spec.datatype === 'BYTES'
      ? decodeByteStrings([body], undefined)
      : decodeElements(body, head, where);
  checkElements(
    data,
    { datatype: spec.datatype, parameters, nonFinite: spec.missing ? 'missing' : 'none' },
    (index, expected) =>
      new InvalidRequestError(
        `${where}, ${locate(index, shape, spec.columns)}: expected ${expected}, got ${showValue(data[index])}`,
      ),
  );
  const input: Tensor = { ...head, ...(parameters === undefined ? {} : { parameters }), data };
  return { inputs: [input] };
}

function rawShape(byteLength: number, spec: ModelSchema['inputs'][number]): readonly number[] {
  const size = elementSize(spec.datatype) ?? 1;
  const known = spec.shape.reduce(
    (product, length) => (length < 0 ? product : product * length),
    size,
  );
  const variable = spec.shape.filter((length) => length < 0).length;
  if (variable > 1 || byteLength % known !== 0) {
    throw new InvalidRequestError(
      `input ${JSON.stringify(spec.name)}: the shape ${showShape(spec.shape)} of ${spec.datatype} does not follow from ${byteLength} bytes; send the JSON part too`,
    );
  }
  return spec.shape.map((length) => (length < 0 ? byteLength / known : length));
}
