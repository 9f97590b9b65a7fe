import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerLengthName } from './body.ts';
import { checkInputs } from './check-inputs.ts';
import { decodeInferRequest, encodeInferRequest, parseInferRequest } from './infer-request.ts';
import { decodeInferResponse, encodeInferResponse, parseInferResponse } from './infer-response.ts';
import { markInfinities } from './infinities.ts';
import type { InferRequest, InferResponse, ModelSchema, Tensor } from './types.ts';

const schema: ModelSchema = {
  name: 'm',
  inputs: [
    { name: 'gaps', datatype: 'FP32', shape: [-1, 2], missing: true },
    { name: 'full', datatype: 'FP32', shape: [-1, 2] },
  ],
  outputs: [{ name: 'y', datatype: 'FP32', shape: [-1] }],
  maxBatch: 10,
};
const tensor = (name: string, data: readonly unknown[]): unknown => ({
  name,
  datatype: 'FP32',
  shape: [data.length / 2, 2],
  data,
});
const full = tensor('full', [1, 2]);
const sizeOf = ({ headers }: { headers: Record<string, string> }): number | undefined =>
  headers[headerLengthName] === undefined ? undefined : Number(headers[headerLengthName]);

describe('a missing value', () => {
  it('is null or NaN where the model takes it', () => {
    for (const missing of [null, Number.NaN]) {
      const request = parseInferRequest({ inputs: [tensor('gaps', [missing, 2]), full] }, schema);
      expect(request.inputs[0]?.data).toEqual([Number.NaN, 2]);
      expect(() => checkInputs(request, schema)).not.toThrow();
    }
  });

  it('may be all there is, nested as well', () => {
    const gaps = { name: 'gaps', datatype: 'FP32', shape: [1, 2], data: [[null, null]] };
    const request = parseInferRequest({ inputs: [gaps, full] }, schema);
    expect(request.inputs[0]?.data).toEqual([Number.NaN, Number.NaN]);
  });

  it.each([
    [
      'null in another input',
      [tensor('gaps', [1, 2]), tensor('full', [1, null])],
      'FP32, got null',
    ],
    ['an infinity', [tensor('gaps', [1, 1 / 0]), full], 'FP32, or null, got Infinity'],
    ['a number too large', [tensor('gaps', [1, 1e39]), full], 'FP32, or null, got 1e+39'],
    ['a text', [tensor('gaps', [1, 'NaN']), full], 'FP32, or null, got "NaN"'],
    ['a hole', [tensor('gaps', [1, undefined]), full], 'FP32, or null, got nothing'],
  ])('is not %s', (_what, inputs, message) => {
    expect(() => parseInferRequest({ inputs }, schema)).toThrow(message);
  });

  it('is refused where nothing says that it may be', () => {
    const inputs = [tensor('gaps', [1, null]), full];
    expect(() => parseInferRequest({ inputs })).toThrow('FP32, got null');
    const request = parseInferRequest({ inputs }, schema);
    const strict = { ...schema, inputs: schema.inputs.map(({ missing: _, ...spec }) => spec) };
    expect(() => checkInputs(request, strict)).toThrow(
      'input "gaps", row 0, column 1: expected a finite number, got NaN',
    );
  });

  it.each(['BOOL', 'INT32', 'INT64', 'BYTES'])(
    'does not exist in %s, whatever the model says',
    (datatype) => {
      const [gaps, ...rest] = schema.inputs;
      const odd = { ...schema, inputs: [{ ...gaps, datatype }, ...rest] } as ModelSchema;
      const inputs = [{ name: 'gaps', datatype, shape: [1, 2], data: [null, null] }, full];
      expect(() => parseInferRequest({ inputs }, odd)).toThrow('got null');
    },
  );

  it('is an infinity no more than it was when it comes in code', () => {
    const inputs = [tensor('gaps', [1, -1 / 0]), full] as unknown as readonly Tensor[];
    expect(() => checkInputs({ inputs }, schema)).toThrow(
      'input "gaps", row 0, column 1: expected a finite number, or null, got -Infinity',
    );
  });

  it('travels from a client in JSON and in bytes', () => {
    const value = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 2 }), fc.boolean(), (data, binary) => {
        const request = { inputs: [tensor('gaps', data), full] } as unknown as InferRequest;
        const encoded = encodeInferRequest(request, { binary });
        expect(decodeInferRequest(encoded.body, sizeOf(encoded), schema)).toEqual(request);
      }),
    );
  });

  it('can be in a body that is nothing but bytes', () => {
    const one = { ...schema, inputs: schema.inputs.slice(0, 1) };
    const bytes = new Uint8Array(Float32Array.of(1, Number.NaN).buffer);
    expect(decodeInferRequest(bytes, 0, one).inputs[0]?.data).toEqual([1, Number.NaN]);
  });
});

describe('an answer that is not finite', () => {
  const y = (data: readonly number[]): Tensor => ({
    name: 'y',
    datatype: 'FP64',
    shape: [data.length],
    data,
  });
  const response = (...outputs: Tensor[]): InferResponse => ({ model_name: 'm', id: 'r', outputs });

  it('is null in JSON, and parameters tell the infinities apart', () => {
    const inf = 1 / 0;
    const { body } = encodeInferResponse(
      response(y([inf, Number.NaN, -inf, -inf, -inf, 5, -inf])),
      {
        inputs: [],
      },
    );
    expect(JSON.parse(new TextDecoder().decode(body)).outputs).toEqual([
      {
        ...y([0, 0, 0, 0, 0, 0, 0]),
        parameters: { chorus_infinity: '0', chorus_minus_infinity: '2-4,6' },
        data: [null, null, null, null, null, 5, null],
      },
    ]);
  });

  it('is the same after a function, after JSON and after bytes', () => {
    const value = fc.constantFrom(Number.NaN, 1 / 0, -1 / 0, 0, 1.5);
    fc.assert(
      fc.property(fc.array(value), fc.boolean(), (data, binary) => {
        const original = response({ ...y(data), parameters: { k: 1 } }, y(data));
        const answered = JSON.parse(
          JSON.stringify(response(...original.outputs.map(markInfinities))),
        );
        expect(parseInferResponse(answered)).toEqual(original);
        const encoded = encodeInferResponse(original, {
          inputs: [],
          parameters: { binary_data_output: binary },
        });
        expect(decodeInferResponse(encoded.body, sizeOf(encoded))).toEqual(original);
      }),
    );
  });

  it.each([
    ['5', /element 5 is no null/],
    ['1', /element 1 is no null/],
    ['0-2', /element 1 is no null/],
    ['', /expected indices/],
    ['-1', /expected indices/],
    ['0,', /expected indices/],
  ])('cannot be told by the parameter %j', (chorus_infinity, message) => {
    const odd = { ...y([0, 0, 0]), data: [null, 3, null], parameters: { chorus_infinity } };
    const answer = { model_name: 'm', id: 'r', outputs: [odd] };
    expect(() => parseInferResponse(answer)).toThrow(
      expect.objectContaining({ status: 500, message: expect.stringMatching(message) }),
    );
  });

  it('is null in no tensor of integers', () => {
    const odd = { ...y([0]), datatype: 'INT32', data: [null] };
    expect(() => parseInferResponse({ model_name: 'm', id: 'r', outputs: [odd] })).toThrow(
      'got null',
    );
  });
});
