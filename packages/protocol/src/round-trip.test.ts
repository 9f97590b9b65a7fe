import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensorNamed, tensors } from './arbitrary-tensors.ts';
import { type EncodedBody, headerLengthName, parseHeaderLength } from './body.ts';
import { decodeInferRequest, encodeInferRequest, parseInferRequest } from './infer-request.ts';
import { decodeInferResponse, encodeInferResponse, parseInferResponse } from './infer-response.ts';
import { parseJson, stringifyJson } from './json.ts';
import { packTensor } from './packed.ts';
import type { InferResponse, Tensor } from './types.ts';

const headerLength = ({ headers }: EncodedBody): number | undefined =>
  parseHeaderLength(headers[headerLengthName]);

/** Flat data as nested arrays of the shape. */
function nest(data: readonly unknown[], [size, ...inner]: readonly number[]): readonly unknown[] {
  if (size === undefined || inner.length === 0) {
    return data;
  }
  const step = data.length / size;
  return Array.from({ length: size }, (_, index) =>
    nest(data.slice(index * step, (index + 1) * step), inner),
  );
}

describe('a request of any datatypes and shapes', () => {
  it('is the same packed as base64 in JSON', () => {
    fc.assert(
      fc.property(tensors, (inputs) => {
        const text = stringifyJson({ inputs: inputs.map(packTensor) });
        expect(parseInferRequest(parseJson(text))).toEqual({ inputs });
      }),
      { numRuns: 300 },
    );
  });

  it('is the same after JSON, after bytes, and after a mixture of both', () => {
    fc.assert(
      fc.property(tensors, fc.subarray(['a', 'b', 'größe']), (inputs, named) => {
        const request = { id: 'r', parameters: { k: 1 }, inputs };
        for (const binary of [false, true, named]) {
          const encoded = encodeInferRequest(request, { binary });
          expect(decodeInferRequest(encoded.body, headerLength(encoded))).toEqual(request);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same whether its data came nested or flat', () => {
    fc.assert(
      fc.property(tensorNamed('a'), (input) => {
        const nested = { ...input, data: nest(input.data, input.shape) };
        const text = stringifyJson({ inputs: [nested] });
        expect(parseInferRequest(parseJson(text))).toEqual({ inputs: [input] });
      }),
      { numRuns: 300 },
    );
  });

  it('decodes from bytes that lie anywhere in a larger buffer', () => {
    fc.assert(
      fc.property(tensors, fc.integer({ min: 1, max: 7 }), (inputs, shift) => {
        const encoded = encodeInferRequest({ inputs }, { binary: true });
        const shifted = new Uint8Array(encoded.body.length + shift);
        shifted.set(encoded.body, shift);
        const body = shifted.subarray(shift);
        expect(decodeInferRequest(body, headerLength(encoded))).toEqual({ inputs });
      }),
    );
  });

  it('cut short anywhere, is refused as a 400 and never misread', () => {
    fc.assert(
      fc.property(tensors, fc.nat(), (inputs, cut) => {
        const encoded = encodeInferRequest({ inputs }, { binary: true });
        const body = encoded.body.subarray(0, cut % encoded.body.length);
        expect(() => decodeInferRequest(body, headerLength(encoded))).toThrow(
          expect.objectContaining({ status: 400 }),
        );
      }),
    );
  });
});

it('whatever JSON arrives, the answer is a request or a 4xx or 501, never a crash', () => {
  const member = fc.constantFrom('inputs', 'outputs', 'name', 'shape', 'datatype', 'data', 'FP64');
  const value = fc.anything({
    key: member,
    values: [member, fc.double(), fc.integer(), fc.constant(null)],
  });
  fc.assert(
    fc.property(value, (anything) => {
      try {
        parseInferRequest(anything);
      } catch (error) {
        expect([400, 501]).toContain((error as { status?: number }).status);
      }
    }),
    { numRuns: 1000 },
  );
});

describe('a response of any datatypes and shapes', () => {
  const respond = (outputs: readonly Tensor[]): InferResponse => ({
    model_name: 'm',
    model_version: 'v1',
    id: 'r',
    parameters: { chorus_cold_start: false },
    outputs,
  });

  it('is the same after JSON and after bytes', () => {
    fc.assert(
      fc.property(tensors, fc.boolean(), (outputs, binary) => {
        const request = { inputs: [], parameters: { binary_data_output: binary } };
        const encoded = encodeInferResponse(respond(outputs), request);
        expect(headerLength(encoded) === undefined).toBe(!binary);
        expect(decodeInferResponse(encoded.body, headerLength(encoded))).toEqual(respond(outputs));
      }),
    );
  });

  it('is the same after a Lambda answer in JSON', () => {
    fc.assert(
      fc.property(tensors, (outputs) => {
        const text = stringifyJson(respond(outputs));
        expect(parseInferResponse(parseJson(text))).toEqual(respond(outputs));
      }),
    );
  });
});

it('bytes that are no text survive request and response, with their content type', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), fc.boolean(), (blobs, typed) => {
      const photo = Uint8Array.of(0xff, 0xd8);
      const data = [photo, ...blobs].map((blob) => Buffer.from(blob).toString('base64'));
      const original = typed ? { chorus_content_type: 'image/jpeg' } : {};
      const parameters = { ...original, content_type: 'base64' };
      const tensor: Tensor = {
        name: 'x',
        datatype: 'BYTES',
        shape: [data.length],
        parameters,
        data,
      };
      for (const binary of [true, false]) {
        const encoded = encodeInferRequest({ inputs: [tensor] }, { binary });
        const text = Buffer.from(encoded.body).toString('latin1');
        expect(text.includes('"content_type":"image/jpeg"')).toBe(binary && typed);
        expect(decodeInferRequest(encoded.body, headerLength(encoded)).inputs).toEqual([tensor]);
      }
    }),
  );
});
