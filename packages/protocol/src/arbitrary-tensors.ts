/** Random tensors for property tests: every datatype, up to three dimensions, zero-length ones included. */

import fc from 'fast-check';
import { countElements } from './elements.ts';
import { type Datatype, datatypes, type Tensor, type TensorData } from './types.ts';

const integer = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** JSON has no negative zero, so none is drawn: it would come back as zero. */
const float = (round: (value: number) => number): fc.Arbitrary<number> =>
  fc
    .oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
    )
    .map((value) => round(value) + 0)
    .filter(Number.isFinite);

const longInteger = (min: bigint, max: bigint): fc.Arbitrary<number | bigint> =>
  fc
    .bigInt({ min, max })
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

const elements: Readonly<Record<Datatype, fc.Arbitrary<TensorData[number]>>> = {
  BOOL: fc.boolean(),
  UINT8: integer(0, 2 ** 8 - 1),
  UINT16: integer(0, 2 ** 16 - 1),
  UINT32: integer(0, 2 ** 32 - 1),
  UINT64: longInteger(0n, 2n ** 64n - 1n),
  INT8: integer(-(2 ** 7), 2 ** 7 - 1),
  INT16: integer(-(2 ** 15), 2 ** 15 - 1),
  INT32: integer(-(2 ** 31), 2 ** 31 - 1),
  INT64: longInteger(-(2n ** 63n), 2n ** 63n - 1n),
  FP16: float(Math.f16round),
  FP32: float(Math.fround),
  FP64: float((value) => value),
  BYTES: fc.string({ unit: 'binary' }),
};

const shape = fc.array(integer(0, 4), { maxLength: 3 });

/** A tensor of that name, any datatype and shape, its data flat. */
export const tensorNamed = (name: string): fc.Arbitrary<Tensor> =>
  fc.tuple(fc.constantFrom(...datatypes), shape).chain(([datatype, sizes]) => {
    const length = countElements(sizes);
    return fc
      .array(elements[datatype], { minLength: length, maxLength: length })
      .map((data) => ({ name, datatype, shape: sizes, data }));
  });

/** One to three tensors with names of their own. */
export const tensors: fc.Arbitrary<readonly Tensor[]> = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...['a', 'b', 'größe'].slice(0, count).map(tensorNamed)));
