import { type Datatype, type TensorData, UnsupportedError } from '@chorus/protocol';
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { fromOrtTensor, ortTypes, toOrtTensor } from './tensors.ts';
import { identityModel } from './testing/tiny-onnx.ts';

const int = (min: number, max: number) => fc.integer({ min, max });

/** Every datatype with the elements it can hold, and its number in onnx.proto. */
const elements: readonly [Datatype, number, fc.Arbitrary<number | bigint | boolean | string>][] = [
  ['BOOL', 9, fc.boolean()],
  ['UINT8', 2, int(0, 255)],
  ['UINT16', 4, int(0, 65_535)],
  ['UINT32', 12, int(0, 4_294_967_295)],
  ['UINT64', 13, fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }))],
  ['INT8', 3, int(-128, 127)],
  ['INT16', 5, int(-32_768, 32_767)],
  ['INT32', 6, int(-2_147_483_648, 2_147_483_647)],
  [
    'INT64',
    7,
    fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) - 1n })),
  ],
  ['FP16', 10, int(-2048, 2048)],
  ['FP32', 1, fc.float({ noNaN: true, noDefaultInfinity: true })],
  ['FP64', 11, fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['BYTES', 8, fc.string({ unit: 'grapheme' })],
];

describe('a tensor', () => {
  it.each(elements)(
    'of %s comes through ONNX Runtime unchanged',
    async (datatype, type, element) => {
      const session = await ort.InferenceSession.create(identityModel(type, ['n', 2]));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(element, element), { minLength: 1, maxLength: 8 }),
          async (rows) => {
            const data: TensorData = rows.flat();
            const sent = { name: 'x', datatype, shape: [rows.length, 2], data };
            const { y } = await session.run({ x: toOrtTensor(ort, sent) });
            if (y === undefined) {
              throw new Error('no output');
            }
            expect(fromOrtTensor('y', datatype, y)).toEqual({ ...sent, name: 'y' });
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('has a type of ONNX Runtime for each datatype of the protocol', () => {
    expect(Object.keys(ortTypes).toSorted()).toEqual(elements.map(([name]) => name).toSorted());
  });

  it('of a text with U+0000 is refused, because ONNX Runtime would cut it off there', () => {
    const tensor = { name: 'x', datatype: 'BYTES', shape: [2], data: ['a', 'b\0c'] } as const;
    expect(() => toOrtTensor(ort, tensor)).toThrow(UnsupportedError);
  });

  it('of base64 bytes is refused, because ONNX strings are text', () => {
    const tensor = {
      name: 'picture',
      datatype: 'BYTES',
      shape: [1],
      parameters: { content_type: 'base64' },
      data: ['AAEC'],
    } as const;
    expect(() => toOrtTensor(ort, tensor)).toThrow(UnsupportedError);
  });

  it('of floats may hold NaN and infinities, and says which', () => {
    const data = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const output = new ort.Tensor('float64', data, [4]);
    expect(fromOrtTensor('price', 'FP64', output)).toEqual({
      name: 'price',
      datatype: 'FP64',
      shape: [4],
      parameters: { chorus_infinity: '2', chorus_minus_infinity: '3' },
      data,
    });
  });
});
