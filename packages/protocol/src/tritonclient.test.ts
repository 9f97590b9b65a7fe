import { describe, expect, it } from 'vitest';
import { decodeInferRequest } from './infer-request.ts';
import { encodeInferResponse } from './infer-response.ts';
import type { InferRequest, Tensor, TensorData } from './types.ts';

/**
 * Requests recorded from tritonclient 2.73.0 (Python, `InferenceServerClient.generate_request_body`, NumPy 2.4):
 * the JSON part as text, the binary section as hex. They prove the decoder against an encoder that is not ours.
 */
const recorded = {
  BOOL: {
    json: '{"inputs":[{"name":"x","shape":[1,3],"datatype":"BOOL","parameters":{"binary_data_size":3}}],"parameters":{"binary_data_output":true}}',
    hex: '010001',
  },
  UINT8: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"UINT8","parameters":{"binary_data_size":3}}],"parameters":{"binary_data_output":true}}',
    hex: '0001ff',
  },
  UINT16: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"UINT16","parameters":{"binary_data_size":6}}],"parameters":{"binary_data_output":true}}',
    hex: '00000100ffff',
  },
  UINT32: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"UINT32","parameters":{"binary_data_size":12}}],"parameters":{"binary_data_output":true}}',
    hex: '0000000001000000ffffffff',
  },
  UINT64: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"UINT64","parameters":{"binary_data_size":24}}],"parameters":{"binary_data_output":true}}',
    hex: '00000000000000000000000000002000ffffffffffffffff',
  },
  INT8: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"INT8","parameters":{"binary_data_size":3}}],"parameters":{"binary_data_output":true}}',
    hex: '80007f',
  },
  INT16: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"INT16","parameters":{"binary_data_size":6}}],"parameters":{"binary_data_output":true}}',
    hex: '00800000ff7f',
  },
  INT32: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"INT32","parameters":{"binary_data_size":12}}],"parameters":{"binary_data_output":true}}',
    hex: '0000008000000000ffffff7f',
  },
  INT64: {
    json: '{"inputs":[{"name":"x","shape":[2,2],"datatype":"INT64","parameters":{"binary_data_size":32}}],"parameters":{"binary_data_output":true}}',
    hex: '0000000000000080ffffffffffffff7fffffffffffffffff0100000000002000',
  },
  FP16: {
    json: '{"inputs":[{"name":"x","shape":[4],"datatype":"FP16","parameters":{"binary_data_size":8}}],"parameters":{"binary_data_output":true}}',
    hex: '003800c0ff7b0100',
  },
  FP32: {
    json: '{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}}],"parameters":{"binary_data_output":true}}',
    hex: 'cdcccc3dffff7fff',
  },
  FP64: {
    json: '{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP64","parameters":{"binary_data_size":32}}],"parameters":{"binary_data_output":true}}',
    hex: '9a9999999999b93f9c7500883ce437fe01000000000000000000000000000040',
  },
  BYTES: {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"BYTES","parameters":{"binary_data_size":24}}],"parameters":{"binary_data_output":true}}',
    hex: '05000000686f75736500000000070000006772c3b6c39f65',
  },
  'BYTES not UTF-8': {
    json: '{"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":14}}],"parameters":{"binary_data_output":true}}',
    hex: '04000000ffd8ffe0020000006f6b',
  },
  'BYTES fixed-width': {
    json: '{"inputs":[{"name":"x","shape":[2,1],"datatype":"BYTES","parameters":{"binary_data_size":13}}],"parameters":{"binary_data_output":true}}',
    hex: '02000000616203000000636465',
  },
  'INT64 as JSON': {
    json: '{"inputs":[{"name":"x","shape":[2,2],"datatype":"INT64","data":[-9223372036854775808,9223372036854775807,-1,9007199254740993]}],"outputs":[{"name":"y","parameters":{"binary_data":false}}]}',
  },
  'BYTES as JSON': {
    json: '{"inputs":[{"name":"x","shape":[3],"datatype":"BYTES","data":["house","","gr\\u00F6\\u00DFe"]}],"parameters":{"binary_data_output":true}}',
  },
  'BOOL as JSON': {
    json: '{"inputs":[{"name":"x","shape":[1,3],"datatype":"BOOL","data":[true,false,true]}],"parameters":{"binary_data_output":true}}',
  },
  'FP64 as JSON': {
    json: '{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP64","data":[0.1,-1e+300,5e-324,2.0]}],"parameters":{"binary_data_output":true}}',
  },
  'several inputs, one of them as JSON': {
    json: '{"id":"r-1","inputs":[{"name":"a","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}},{"name":"b","shape":[1],"datatype":"INT32","data":[7]},{"name":"c","shape":[1],"datatype":"BOOL","parameters":{"binary_data_size":1}}],"outputs":[{"name":"y","parameters":{"binary_data":true}},{"name":"z","parameters":{"binary_data":false}}],"parameters":{"priority":2,"timeout":250000,"customer":"c-9"}}',
    hex: '0000c03f0000204001',
  },
  'an empty batch': {
    json: '{"inputs":[{"name":"x","shape":[0,13],"datatype":"FP64","parameters":{"binary_data_size":0}}],"parameters":{"binary_data_output":true}}',
    hex: '',
  },
  'empty BYTES': {
    json: '{"inputs":[{"name":"x","shape":[0],"datatype":"BYTES","parameters":{"binary_data_size":0}}],"parameters":{"binary_data_output":true}}',
    hex: '',
  },
  NaN: {
    json: '{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP64","parameters":{"binary_data_size":32}}],"parameters":{"binary_data_output":true}}',
    hex: '000000000000f03f000000000000f87f000000000000f07f0000000000000000',
  },
  classification: {
    json: '{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","parameters":{"binary_data_size":8}}],"outputs":[{"name":"y","parameters":{"classification":3,"binary_data":true}}]}',
    hex: '000000000000f03f',
  },
  'sequence id beyond 2^53': {
    json: '{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","parameters":{"binary_data_size":8}}],"parameters":{"sequence_id":1152921504606846976,"sequence_start":true,"sequence_end":false,"binary_data_output":true}}',
    hex: '000000000000f03f',
  },
} as const satisfies Record<string, { json: string; hex?: string }>;

type Label = keyof typeof recorded;

function decode(label: Label): InferRequest {
  const request: { json: string; hex?: string } = recorded[label];
  const json = Buffer.from(request.json);
  return request.hex === undefined
    ? decodeInferRequest(json, undefined)
    : decodeInferRequest(Buffer.concat([json, Buffer.from(request.hex, 'hex')]), json.length);
}

const long = [-(2n ** 63n), 2n ** 63n - 1n, -1, 2n ** 53n + 1n];

describe('requests recorded from tritonclient', () => {
  it.each<[Label, TensorData]>([
    ['BOOL', [true, false, true]],
    ['UINT8', [0, 1, 255]],
    ['UINT16', [0, 1, 65535]],
    ['UINT32', [0, 1, 4294967295]],
    ['UINT64', [0, 2n ** 53n, 2n ** 64n - 1n]],
    ['INT8', [-128, 0, 127]],
    ['INT16', [-32768, 0, 32767]],
    ['INT32', [-2147483648, 0, 2147483647]],
    ['INT64', long],
    ['FP16', [0.5, -2, 65504, 2 ** -24]],
    ['FP32', [Math.fround(0.1), -3.4028234663852886e38]],
    ['FP64', [0.1, -1e300, 5e-324, 2]],
    ['BYTES', ['house', '', 'größe']],
    ['BYTES fixed-width', ['ab', 'cde']],
    ['INT64 as JSON', long],
    ['BYTES as JSON', ['house', '', 'größe']],
    ['BOOL as JSON', [true, false, true]],
    ['FP64 as JSON', [0.1, -1e300, 5e-324, 2]],
    ['an empty batch', []],
    ['empty BYTES', []],
  ])('%s decodes to the values that NumPy held', (label, data) => {
    const [input] = decode(label).inputs;
    expect(input?.data).toEqual(data);
    expect(input).not.toHaveProperty('parameters');
  });

  it('bytes that are not text decode to base64 and say so', () => {
    expect(decode('BYTES not UTF-8').inputs[0]).toMatchObject({
      parameters: { content_type: 'base64' },
      data: ['/9j/4A==', 'b2s='],
    });
  });

  it('several inputs, binary and JSON mixed, keep their order and the request its members', () => {
    expect(decode('several inputs, one of them as JSON')).toEqual({
      id: 'r-1',
      parameters: { priority: 2, timeout: 250000, customer: 'c-9' },
      inputs: [
        { name: 'a', datatype: 'FP32', shape: [2], data: [1.5, 2.5] },
        { name: 'b', datatype: 'INT32', shape: [1], data: [7] },
        { name: 'c', datatype: 'BOOL', shape: [1], data: [true] },
      ],
      outputs: [
        { name: 'y', parameters: { binary_data: true } },
        { name: 'z', parameters: { binary_data: false } },
      ],
    });
  });

  it('NaN in the bytes is refused with its place', () => {
    expect(() => decode('NaN')).toThrow(
      'inputs[0] "x", row 0, column 1: expected a finite number within FP64, got NaN',
    );
  });

  it('the classification extension is refused as unsupported', () => {
    expect(() => decode('classification')).toThrow(
      expect.objectContaining({
        name: 'UnsupportedError',
        message: 'outputs[0].parameters.classification is not supported',
      }),
    );
  });

  it('a parameter beyond 2^53 is refused rather than rounded', () => {
    expect(() => decode('sequence id beyond 2^53')).toThrow(
      'parameters.sequence_id: expected a string, true, false or a number (integers up to 2^53), got 1152921504606846976',
    );
  });
});

it('a binary response has the bytes from which tritonclient read these values', () => {
  const outputs: Tensor[] = [
    { name: 'price', datatype: 'FP64', shape: [2], data: [21.5, Number.NaN] },
    { name: 'half', datatype: 'FP16', shape: [1, 2], data: [0.5, -2] },
    { name: 'count', datatype: 'INT64', shape: [1], data: [2n ** 62n] },
    { name: 'is', datatype: 'BOOL', shape: [2], data: [true, false] },
    { name: 'label', datatype: 'BYTES', shape: [2], data: ['größe', ''] },
    {
      name: 'photo',
      datatype: 'BYTES',
      shape: [1],
      parameters: { content_type: 'base64' },
      data: ['/9j/4A=='],
    },
  ];
  const { body, headers } = encodeInferResponse(
    { model_name: 'm', id: 'r', outputs },
    { inputs: [], parameters: { binary_data_output: true } },
  );
  const section = body.subarray(Number(headers['inference-header-content-length']));
  expect(Buffer.from(section).toString('hex')).toBe(
    '0000000000803540000000000000f87f003800c000000000000000400100070000006772c3b6c39f650000000004000000ffd8ffe0',
  );
});
