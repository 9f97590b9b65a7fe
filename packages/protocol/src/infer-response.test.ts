import { describe, expect, it } from 'vitest';
import { headerLengthName } from './body.ts';
import {
  decodeInferResponse,
  encodeInferResponse,
  parseInferResponse,
  selectOutputs,
} from './infer-response.ts';
import type { InferRequest, InferResponse, Tensor } from './types.ts';

const price: Tensor = { name: 'price', datatype: 'FP64', shape: [2], data: [21.5, 30] };
const label: Tensor = { name: 'label', datatype: 'BYTES', shape: [1], data: ['dear'] };
const response: InferResponse = { model_name: 'm', id: 'r', outputs: [price, label] };
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

describe('selectOutputs', () => {
  it.each<[string, InferRequest['outputs'], Tensor[]]>([
    ['all without a choice', undefined, [price, label]],
    ['all for an empty choice', [], [price, label]],
    ['one', [{ name: 'label' }], [label]],
    ['those asked for, in that order', [{ name: 'label' }, { name: 'price' }], [label, price]],
  ])('gives %s', (_what, outputs, expected) => {
    const request = { inputs: [], ...(outputs === undefined ? {} : { outputs }) };
    expect(selectOutputs(request, response.outputs)).toEqual(expected);
  });

  it('answers 503 for an output that failed', () => {
    expect(() => selectOutputs({ inputs: [], outputs: [{ name: 'svr' }] }, [price])).toThrow(
      expect.objectContaining({
        status: 503,
        message: 'output "svr" is not available; this answer has "price"',
      }),
    );
  });
});

describe('encodeInferResponse', () => {
  it('answers in JSON when nothing else is asked', () => {
    const { body, headers } = encodeInferResponse(response, { inputs: [] });
    expect(headers).toEqual({ 'content-type': 'application/json' });
    expect(JSON.parse(text(body))).toEqual(response);
  });

  it('answers in bytes where the request or its output says so; the output has the last word', () => {
    const request: InferRequest = {
      inputs: [],
      parameters: { binary_data_output: true },
      outputs: [{ name: 'price' }, { name: 'label', parameters: { binary_data: false } }],
    };
    const { body, headers } = encodeInferResponse(response, request);
    const length = Number(headers[headerLengthName]);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(JSON.parse(text(body.subarray(0, length)))).toEqual({
      ...response,
      outputs: [
        { name: 'price', datatype: 'FP64', shape: [2], parameters: { binary_data_size: 16 } },
        label,
      ],
    });
    expect(Buffer.from(body.subarray(length)).toString('hex')).toBe(
      '00000000008035400000000000003e40',
    );
  });

  it('carries NaN in bytes as it is, and as null in JSON', () => {
    const nan = { ...response, outputs: [{ ...price, data: [1, Number.NaN] }] };
    const binary = encodeInferResponse(nan, {
      inputs: [],
      parameters: { binary_data_output: true },
    });
    expect(decodeInferResponse(binary.body, Number(binary.headers[headerLengthName]))).toEqual(nan);
    const { outputs } = JSON.parse(text(encodeInferResponse(nan, { inputs: [] }).body));
    expect(outputs).toEqual([{ ...price, data: [1, null] }]);
  });

  it('refuses a number that is none of its datatype, where NaN would be fine', () => {
    const large = {
      ...response,
      outputs: [{ ...price, datatype: 'FP32' as const, data: [1, 1e39] }],
    };
    expect(() => encodeInferResponse(large, { inputs: [] })).toThrow(
      expect.objectContaining({
        status: 500,
        message:
          'output "price", element [1]: expected a finite number within FP32, or null, got 1e+39',
      }),
    );
  });

  it('refuses a tensor whose data does not fill its shape', () => {
    const short = { ...response, outputs: [{ ...price, data: [1] }] };
    expect(() => encodeInferResponse(short, { inputs: [] })).toThrow(
      'output "price": 1 elements do not fill shape [2]',
    );
  });
});

describe('parseInferResponse', () => {
  it('takes an answer without an id, as Triton gives it', () => {
    expect(parseInferResponse({ model_name: 'm', model_version: '1', outputs: [] })).toEqual({
      model_name: 'm',
      model_version: '1',
      id: '',
      outputs: [],
    });
  });

  it.each<[unknown, string]>([
    [null, 'response: expected an object, got null'],
    [{ outputs: [] }, 'model_name: expected a non-empty string, got nothing'],
    [{ model_name: 'm' }, 'outputs: expected an array of tensors, got nothing'],
    [
      { model_name: 'm', outputs: [{}] },
      'outputs[0].name: expected a non-empty string, got nothing',
    ],
  ])('refuses %j as a fault of the server', (value, reason) => {
    expect(() => parseInferResponse(value)).toThrow(
      expect.objectContaining({
        name: 'InternalError',
        message: `the answer is not an inference response: ${reason}`,
        cause: expect.objectContaining({ name: 'InvalidRequestError' }),
      }),
    );
  });

  it('refuses bytes that no output claims', () => {
    const body = Buffer.from('{"model_name":"m","outputs":[]}!');
    expect(() => decodeInferResponse(body, body.length - 1)).toThrow(
      '1 bytes follow the last tensor',
    );
  });
});
