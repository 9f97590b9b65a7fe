import { describe, expect, it } from 'vitest';
import { parseInferRequest } from './infer-request.ts';
import { parseInferResponse } from './infer-response.ts';
import { markInfinities } from './infinities.ts';
import { packTensor } from './packed.ts';
import type { ModelSchema, Tensor } from './types.ts';

const numbers: Tensor = {
  name: 'x',
  datatype: 'FP32',
  shape: [1, 2],
  parameters: { k: 1 },
  data: [1.5, Number.NaN],
};
const schema: ModelSchema = {
  name: 'm',
  inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 2], missing: true }],
  outputs: [],
  maxBatch: 1,
};

describe('a packed tensor', () => {
  it('has its bytes in a parameter, a missing value as well', () => {
    const packed = packTensor(numbers);
    expect(packed).toEqual({
      name: 'x',
      datatype: 'FP32',
      shape: [1, 2],
      parameters: { k: 1, chorus_data: Buffer.from('0000c03f0000c07f', 'hex').toString('base64') },
    });
    expect(parseInferRequest({ inputs: [packed] }, schema)).toEqual({ inputs: [numbers] });
  });

  it('is checked like any other', () => {
    expect(() => parseInferRequest({ inputs: [packTensor(numbers)] })).toThrow(
      'inputs[0] "x", row 0, column 1: expected a finite number within FP32, got NaN',
    );
  });

  it('has its infinities in the bytes, so nothing else needs to say which they are', () => {
    const data = [Number.NEGATIVE_INFINITY, Number.NaN];
    const marked = markInfinities({ ...numbers, parameters: { k: 1 }, data });
    expect(marked.parameters).toEqual({ k: 1, chorus_minus_infinity: '0' });
    const answer = { model_name: 'm', id: '', outputs: [packTensor(marked)] };
    expect(parseInferResponse(answer).outputs).toEqual([{ ...numbers, data }]);
  });

  it('leaves texts as they are', () => {
    const text: Tensor = { name: 'x', datatype: 'BYTES', shape: [1], data: ['a'] };
    expect(packTensor(text)).toBe(text);
  });

  it.each<[object, string]>([
    [{ data: [1, 2] }, 'send either data or chorus_data, not both'],
    [{ parameters: { chorus_data: 'größe' } }, 'chorus_data: expected base64 of numbers or truths'],
    [{ parameters: { chorus_data: 5 } }, 'chorus_data: expected base64 of numbers or truths'],
    [{ datatype: 'BYTES' }, 'expected base64 of numbers or truths, got BYTES "AADAPwAAwH8="'],
    [{ shape: [1, 3] }, '8 bytes do not fill shape [1,3] of FP32 (12 bytes)'],
    [{ datatype: 'BOOL', shape: [8] }, 'expected a byte 0 or 1 (BOOL)'],
  ])('with %j is refused', (change, message) => {
    const wrong = { ...packTensor(numbers), ...change };
    expect(() => parseInferRequest({ inputs: [wrong] })).toThrow(message);
  });
});
