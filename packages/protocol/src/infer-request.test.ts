import { describe, expect, it } from 'vitest';
import { parseHeaderLength } from './body.ts';
import { decodeInferRequest, encodeInferRequest, parseInferRequest } from './infer-request.ts';
import type { ModelSchema } from './types.ts';

const columns = ['rooms', 'age'].map((name) => ({ name, description: name }));
const schema: ModelSchema = {
  name: 'prices',
  inputs: [{ name: 'x', datatype: 'FP64', shape: [-1, 2], columns }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
};
const tensor = { name: 'x', datatype: 'FP64', shape: [2, 2], data: [1, 2, 3, 4] };
const withTensor = (members: object): unknown => ({ inputs: [{ ...tensor, ...members }] });
const elements = (datatype: string, ...data: unknown[]): unknown =>
  withTensor({ datatype, shape: [data.length], data });

describe('parseInferRequest', () => {
  it('keeps what the protocol knows and drops the rest', () => {
    const value = {
      id: 'r',
      model_name: 'ignored',
      parameters: { timeout: 5, a: 'b', c: true },
      inputs: [{ ...tensor, parameters: { content_type: 'np' }, unit: 'm' }],
      outputs: [{ name: 'price', parameters: { binary_data: false, classification: 0 } }],
    };
    expect(parseInferRequest(value)).toEqual({
      id: 'r',
      parameters: { timeout: 5, a: 'b', c: true },
      inputs: [{ ...tensor, parameters: { content_type: 'np' } }],
      outputs: [{ name: 'price', parameters: { binary_data: false, classification: 0 } }],
    });
  });

  it('takes null for an absent member, as pydantic writes it', () => {
    const value = {
      id: null,
      parameters: null,
      inputs: [{ ...tensor, parameters: null }],
      outputs: null,
    };
    expect(parseInferRequest(value)).toEqual({ inputs: [tensor] });
  });

  it('does not copy flat data that is right', () => {
    expect(parseInferRequest({ inputs: [tensor] }).inputs[0]?.data).toBe(tensor.data);
  });

  it('takes a scalar, an integer in a float tensor and a short bigint in its plain form', () => {
    const inputs = [
      { name: 'scalar', datatype: 'INT64', shape: [], data: [5n] },
      { name: 'float', datatype: 'FP64', shape: [1], data: [2n ** 60n] },
      { name: 'long', datatype: 'UINT64', shape: [2], data: [2n ** 60n, 1] },
    ];
    expect(parseInferRequest({ inputs }).inputs.map(({ data }) => data)).toEqual([
      [5],
      [2 ** 60],
      [2n ** 60n, 1],
    ]);
  });

  it.each<[unknown, string]>([
    [null, 'request: expected an object, got null'],
    [[], 'request: expected an object, got an array'],
    ['hello', 'request: expected an object, got "hello"'],
    [{}, 'inputs: expected an array of tensors, got nothing'],
    [{ inputs: {} }, 'inputs: expected an array of tensors, got an object'],
    [{ inputs: [1] }, 'inputs[0]: expected an object, got 1'],
    [{ id: 7, inputs: [] }, 'id: expected a string, got 7'],
    [{ parameters: [], inputs: [] }, 'parameters: expected an object, got an array'],
    [
      { parameters: { a: {} }, inputs: [] },
      'parameters.a: expected a string, true, false or a number (integers up to 2^53), got an object',
    ],
    [
      { parameters: { binary_data_output: 'yes' }, inputs: [] },
      'parameters.binary_data_output: expected true or false, got "yes"',
    ],
    [{ inputs: [tensor, tensor] }, 'inputs: the name "x" appears twice'],
    [{ inputs: [], outputs: {} }, 'outputs: expected an array of requested outputs, got an object'],
    [{ inputs: [], outputs: [{}] }, 'outputs[0].name: expected a non-empty string, got nothing'],
    [
      { inputs: [], outputs: [{ name: 'y' }, { name: 'y' }] },
      'outputs: the name "y" appears twice',
    ],
    [
      { inputs: [], outputs: [{ name: 'y', parameters: { binary_data: 1 } }] },
      'outputs[0].parameters.binary_data: expected true or false, got 1',
    ],
    [withTensor({ name: '' }), 'inputs[0].name: expected a non-empty string, got ""'],
    [
      withTensor({ datatype: 'FLOAT' }),
      'inputs[0].datatype: expected one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64, BYTES, got "FLOAT"',
    ],
    [
      withTensor({ shape: undefined }),
      'inputs[0].shape: expected an array of non-negative integers, got nothing',
    ],
    [withTensor({ shape: ['a'] }), 'inputs[0].shape: expected non-negative integers, got "a"'],
    [withTensor({ shape: [-1, 2] }), 'inputs[0].shape: expected non-negative integers, got -1'],
    [withTensor({ shape: [1.5] }), 'inputs[0].shape: expected non-negative integers, got 1.5'],
    [
      withTensor({ shape: Array(33).fill(1) }),
      'inputs[0].shape: expected at most 32 dimensions, got 33',
    ],
    [
      withTensor({ data: undefined }),
      'inputs[0] "x", data: expected an array of elements, got nothing',
    ],
    [
      withTensor({ data: [1, 2, 3] }),
      'inputs[0] "x": 3 elements do not fill shape [2,2] (4 elements)',
    ],
    [withTensor({ data: [] }), 'inputs[0] "x": 0 elements do not fill shape [2,2] (4 elements)'],
    [
      withTensor({ data: [[1, 2]] }),
      'inputs[0] "x", data: expected an array of 2 (shape [2,2]), got 1 elements',
    ],
    [
      withTensor({ data: [[1, 2], [3]] }),
      'inputs[0] "x", data[1]: expected an array of 2 (shape [2,2]), got 1 elements',
    ],
    [
      withTensor({ data: [[1, 2], 3] }),
      'inputs[0] "x", data[1]: expected an array of 2 (shape [2,2]), got 3',
    ],
    [
      withTensor({
        data: [
          [1, [2]],
          [3, 4],
        ],
      }),
      'inputs[0] "x", row 0, column 1: expected a finite number within FP64, got an array',
    ],
    [
      withTensor({ shape: [], data: [[1]] }),
      'inputs[0] "x", data: expected one element (shape []), got an array',
    ],
    [
      withTensor({ parameters: { binary_data_size: 32 }, data: undefined }),
      'inputs[0].parameters.binary_data_size: there is no binary section; send its bytes after the JSON, with the header Inference-Header-Content-Length, or send data',
    ],
    [
      withTensor({ parameters: { binary_data_size: 32 } }),
      'inputs[0] "x": send either data or binary_data_size, not both',
    ],
  ])('refuses %j', (value, message) => {
    expect(() => parseInferRequest(value)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError', message }),
    );
  });

  it.each<[string, unknown, string]>([
    ['BOOL', 1, 'true or false, got 1'],
    ['UINT8', 256, 'an integer from 0 to 255, got 256'],
    ['UINT8', -1, 'an integer from 0 to 255, got -1'],
    ['INT8', 1.5, 'an integer from -128 to 127, got 1.5'],
    ['INT16', 32768, 'an integer from -32768 to 32767, got 32768'],
    ['INT32', 2 ** 31, 'an integer from -2147483648 to 2147483647, got 2147483648'],
    ['UINT32', 10n ** 17n, 'an integer from 0 to 4294967295, got 100000000000000000'],
    [
      'INT64',
      2n ** 63n,
      'an integer from -9223372036854775808 to 9223372036854775807, got 9223372036854775808',
    ],
    [
      'INT64',
      2 ** 53,
      'an integer from -9223372036854775808 to 9223372036854775807, got 9007199254740992',
    ],
    ['UINT64', -1, 'an integer from 0 to 18446744073709551615, got -1'],
    ['UINT64', -1n, 'an integer from 0 to 18446744073709551615, got -1'],
    ['FP16', 65520, 'a finite number within FP16, got 65520'],
    ['FP32', 1e39, 'a finite number within FP32, got 1e+39'],
    ['FP64', null, 'a finite number within FP64, got null'],
    ['FP64', Number.NaN, 'a finite number within FP64, got NaN'],
    ['FP64', Number.POSITIVE_INFINITY, 'a finite number within FP64, got Infinity'],
    ['FP64', '1', 'a finite number within FP64, got "1"'],
    ['BYTES', 1, 'a string of well-formed Unicode, got 1'],
    ['BYTES', '\ud800', 'a string of well-formed Unicode, got "\\ud800"'],
  ])('refuses a %s element %s', (datatype, element, message) => {
    const right = { BOOL: true, BYTES: 'ok' }[datatype] ?? 0;
    expect(() => parseInferRequest(elements(datatype, right, element))).toThrow(
      `inputs[0] "x", element [1]: expected ${message}`,
    );
  });

  it.each(['abcde', 'ab=c', 'größe'])('refuses %j where the content type says base64', (text) => {
    const value = withTensor({
      datatype: 'BYTES',
      shape: [1],
      parameters: { content_type: 'base64' },
      data: [text],
    });
    expect(() => parseInferRequest(value)).toThrow('expected a base64 string');
  });

  it('names the column and the row of a wrong element when it knows the model', () => {
    expect(() => parseInferRequest(withTensor({ data: [1, 2, 3, null] }), schema)).toThrow(
      'inputs[0] "x", row 1, column "age": expected a finite number within FP64, got null',
    );
  });

  it('shows only the beginning of a long text', () => {
    const data = ['secret '.repeat(1000), 2, 3, 4];
    expect(() => parseInferRequest(withTensor({ data }))).toThrow(/got "secret .{33}"…$/);
  });

  it.each([
    [withTensor({ parameters: { shared_memory_region: 'r' } })],
    [{ inputs: [], outputs: [{ name: 'y', parameters: { shared_memory_region: 'r' } }] }],
    [{ inputs: [], outputs: [{ name: 'y', parameters: { classification: 2 } }] }],
  ])('answers 501 to %j', (value) => {
    expect(() => parseInferRequest(value)).toThrow(expect.objectContaining({ status: 501 }));
  });
});

describe('decodeInferRequest', () => {
  const body = (
    members: object,
    bytes: Uint8Array,
  ): { readonly body: Uint8Array; readonly length: number } => {
    const { data: _, ...head } = tensor;
    const json = Buffer.from(JSON.stringify({ inputs: [{ ...head, ...members }] }));
    return { body: Buffer.concat([json, bytes]), length: json.length };
  };
  const size = (binary_data_size: unknown): object => ({ parameters: { binary_data_size } });

  it.each<[string, object, number, string]>([
    [
      'a section cut short',
      size(32),
      31,
      'inputs[0] "x": binary_data_size is 32, but 31 bytes of the binary section are left',
    ],
    [
      'bytes left over',
      size(32),
      40,
      '8 bytes follow the last tensor "x": its binary_data_size values add up to 32, the binary section has 40',
    ],
    [
      'a size that does not match the shape',
      size(24),
      24,
      'inputs[0] "x": binary_data_size is 24, but shape [2,2] of FP64 takes 32 bytes',
    ],
    [
      'a negative size',
      size(-8),
      32,
      'inputs[0].parameters.binary_data_size: expected a non-negative integer, got -8',
    ],
    [
      'a size in text',
      size('32'),
      32,
      'inputs[0].parameters.binary_data_size: expected a non-negative integer, got "32"',
    ],
    [
      'a broken size',
      size(1.5),
      32,
      'inputs[0].parameters.binary_data_size: expected a non-negative integer, got 1.5',
    ],
    [
      'data and bytes both',
      { ...size(32), data: [] },
      32,
      'inputs[0] "x": send either data or binary_data_size, not both',
    ],
    [
      'neither data nor bytes',
      {},
      0,
      'inputs[0] "x", data: expected an array of elements, got nothing',
    ],
    [
      'a BOOL byte other than 0 and 1',
      { datatype: 'BOOL', ...size(4) },
      4,
      'inputs[0] "x", row 0, column 0: expected a byte 0 or 1 (BOOL), got 9',
    ],
    [
      'BYTES that end within a length',
      { datatype: 'BYTES', shape: [1], ...size(3) },
      3,
      'inputs[0] "x", element [0]: expected its 4-byte length, but 3 bytes are left',
    ],
    [
      'BYTES longer than the section',
      { datatype: 'BYTES', shape: [1], ...size(6) },
      6,
      'inputs[0] "x", element [0]: expected 4 + 151587081 bytes, but 6 bytes are left',
    ],
    [
      'BYTES after the last element',
      { datatype: 'BYTES', shape: [0], ...size(4) },
      4,
      'inputs[0] "x": 4 bytes follow the last of the 0 elements of shape [0]',
    ],
    [
      'BYTES with a shape no body could fill',
      { datatype: 'BYTES', shape: [1e9, 1e6], ...size(0) },
      0,
      'inputs[0] "x", row 0, column 0: expected its 4-byte length, but 0 bytes are left',
    ],
  ])('refuses %s', (_what, members, byteLength, message) => {
    const request = body(members, new Uint8Array(byteLength).fill(9));
    expect(() => decodeInferRequest(request.body, request.length)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError', message }),
    );
  });

  it('refuses NaN and names its column', () => {
    const bytes = new Uint8Array(Float64Array.of(1, Number.NaN, 3, 4).buffer);
    const request = body(size(32), bytes);
    expect(() => decodeInferRequest(request.body, request.length, schema)).toThrow(
      'inputs[0] "x", row 0, column "age": expected a finite number within FP64, got NaN',
    );
  });

  it('refuses a JSON part longer than the body', () => {
    expect(() => decodeInferRequest(Buffer.from('{}'), 3)).toThrow(
      'Inference-Header-Content-Length is 3, but the body has 2 bytes',
    );
  });

  it('explains a binary body without its header', () => {
    const request = body(size(32), new Uint8Array(Float64Array.of(1, 2, 3, -4).buffer));
    expect(() => decodeInferRequest(request.body, undefined)).toThrow(
      'the body is not UTF-8 text; a body with binary tensors needs the header Inference-Header-Content-Length',
    );
  });

  it('refuses bytes that no tensor claims', () => {
    const json = Buffer.from('{"inputs":[]}');
    expect(() => decodeInferRequest(Buffer.concat([json, json]), json.length)).toThrow(
      '13 bytes follow the last tensor none',
    );
  });
});

describe('a raw request, all bytes and no JSON', () => {
  const raw = (...numbers: number[]): Uint8Array =>
    new Uint8Array(Float64Array.of(...numbers).buffer);
  const pictures: ModelSchema = {
    ...schema,
    inputs: [{ name: 'image', datatype: 'BYTES', shape: [-1] }],
  };

  it('takes its shape from its length', () => {
    expect(decodeInferRequest(raw(1, 2, 3, 4), 0, schema)).toEqual({ inputs: [tensor] });
  });

  it('is one element for a model of BYTES', () => {
    expect(decodeInferRequest(Uint8Array.of(0xff, 0xd8), 0, pictures).inputs).toEqual([
      {
        name: 'image',
        datatype: 'BYTES',
        shape: [1],
        parameters: { content_type: 'base64' },
        data: ['/9g='],
      },
    ]);
  });

  it.each<[string, Uint8Array, ModelSchema | undefined, string]>([
    ['without a schema', raw(1, 2), undefined, 'works only for a model with a single input'],
    [
      'for two inputs',
      raw(1, 2),
      { ...schema, inputs: [...schema.inputs, ...pictures.inputs] },
      'works only for a model with a single input',
    ],
    [
      'of a broken row',
      raw(1, 2, 3),
      schema,
      'input "x": the shape [-1,2] of FP64 does not follow from 24 bytes; send the JSON part too',
    ],
    [
      'of a shape with two variable dimensions',
      raw(1, 2),
      { ...schema, inputs: [{ name: 'x', datatype: 'FP64', shape: [-1, -1] }] },
      'input "x": the shape [-1,-1] of FP64 does not follow from 16 bytes; send the JSON part too',
    ],
    [
      'with an infinity',
      raw(1, -Infinity),
      schema,
      'input "x", row 0, column "age": expected a finite number within FP64, got -Infinity',
    ],
  ])('is refused %s', (_what, body, model, message) => {
    expect(() => decodeInferRequest(body, 0, model)).toThrow(message);
  });
});

describe('encodeInferRequest', () => {
  it('refuses an element that its datatype would silently change', () => {
    const input = { name: 'x', datatype: 'INT8', shape: [1], data: [300] } as const;
    expect(() => encodeInferRequest({ inputs: [input] }, { binary: true })).toThrow(
      'inputs[0] "x", element [0]: expected an integer from -128 to 127, got 300',
    );
  });
});

describe('parseHeaderLength', () => {
  it('reads a number, and nothing from an absent header', () => {
    expect([parseHeaderLength('0'), parseHeaderLength('153')]).toEqual([0, 153]);
    expect([parseHeaderLength(undefined), parseHeaderLength(null)]).toEqual([undefined, undefined]);
  });

  it.each(['', '-1', '1.5', 'x', '1e3', '9'.repeat(20)])('refuses %j', (value) => {
    expect(() => parseHeaderLength(value)).toThrow(
      'Inference-Header-Content-Length: expected a non-negative integer, got "',
    );
  });
});
