import {
  type Datatype,
  InvalidRequestError,
  ProtocolError,
  type Tensor,
  type TensorSpec,
} from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten, nest } from './nested.ts';
import { toPlainAnswer } from './plain-answer.ts';
import { readPlainRequest } from './plain-request.ts';

const spec = (
  name: string,
  datatype: Datatype,
  shape: readonly number[],
  more = {},
): TensorSpec => ({
  name,
  datatype,
  shape,
  ...more,
});

function manifestOf(...inputs: TensorSpec[]): Manifest {
  return {
    format: 1,
    name: 'm',
    version: 'v1',
    file: { name: 'model.onnx', bytes: 1, sha256: 'a'.repeat(64) },
    schema: { name: 'm', inputs, outputs: [spec('y', 'FP32', [-1])], maxBatch: 100 },
  };
}

const columns = ['a', 'b', '__proto__'].map((name) => ({ name, description: '' }));
const table = manifestOf(spec('X', 'FP64', [-1, 3], { columns, missing: true }));
const features = manifestOf(
  spec('text', 'BYTES', [-1, 1]),
  spec('count', 'INT32', [-1]),
  spec('instances', 'BOOL', [-1]),
);
const tensors = manifestOf(spec('image', 'FP64', [-1, -1, 2]), spec('scale', 'FP64', []));

const number = fc.integer({ min: -1000, max: 1000 });
const shape = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

/** Any JSON, often of names that mean something. */
const names = ['a', 'b', 'text', 'count', 'image', 'scale', 'instances', 'parameters', 'timeout'];
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, 1.5, -1, 1e300, '', 'x', 9007199254740993n),
    fc.array(tie('body'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('body'), { maxKeys: 4 }),
  ),
}));

describe('a body of any JSON', () => {
  it.each([
    ['a table', table],
    ['features', features],
    ['tensors', tensors],
  ])('is read for %s, or refused in words', (_what, manifest) => {
    fc.assert(
      fc.property(body, (value) => {
        try {
          for (const { shape, data } of readPlainRequest(value, manifest).inputs)
            expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
          expect((error as Error).message.length).toBeLessThan(1000);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('rows', () => {
  it('become the same tensor as objects in any order and as arrays', () => {
    const row = fc.tuple(number, number, fc.oneof(number, fc.constant(null)));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const objects = rows.map(([a, b, c]) =>
          Object.fromEntries([
            ['__proto__', c],
            ['b', b],
            ['a', a],
          ]),
        );
        const expected = {
          name: 'X',
          datatype: 'FP64',
          shape: [rows.length, 3],
          data: rows.flat().map((value) => value ?? Number.NaN),
        };
        for (const instances of [rows, objects])
          expect(readPlainRequest({ instances }, table).inputs).toEqual([expected]);
        expect(readPlainRequest(objects[0], table).inputs).toEqual([
          { ...expected, shape: [1, 3], data: expected.data.slice(0, 3) },
        ]);
      }),
    );
  });

  it('may have a feature that is called like what is around them', () => {
    const { inputs } = readPlainRequest({ text: 'x', count: 1, instances: true }, features);
    expect(inputs.map(({ data }) => data)).toEqual([['x'], [1], [true]]);
    const own = manifestOf(spec('parameters', 'FP64', [-1]), spec('b', 'FP64', [-1]));
    expect(readPlainRequest({ parameters: 5, b: 6 }, own).inputs.map(({ data }) => data)).toEqual([
      [5],
      [6],
    ]);
  });
});

describe('nested arrays', () => {
  it('are the tensor that they came from', () => {
    fc.assert(
      fc.property(shape, (sizes) => {
        const length = sizes.reduce((product, size) => product * size, 1);
        const data = Array.from({ length }, (_, index) => index);
        expect(flatten(nest(data, sizes, undefined), 'x')).toEqual({ shape: sizes, data });
      }),
    );
  });

  it('of different lengths are refused', () => {
    for (const value of [[[1], [2, 3]], [1, [2]], [[1], 2], [[1, [2]]], [[], [1]], [[[]], []]])
      expect(() => flatten(value, 'x')).toThrow(InvalidRequestError);
  });
});

describe('an answer', () => {
  it('has a prediction for each row, by output and label, which may have any names', () => {
    const labels = ['__proto__', 'no'];
    const outputs = [spec('p', 'FP32', [-1, 2], { labels }), spec('constructor', 'INT64', [-1])];
    const input: Tensor = { name: 'X', datatype: 'FP64', shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
    const { predictions } = toPlainAnswer({ ...table.schema, outputs }, [input], {
      model_name: 'm',
      id: '',
      outputs: [
        { name: 'p', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, 4] },
        { name: 'constructor', datatype: 'INT64', shape: [2], data: [7n, 8n] },
      ],
    });
    expect(predictions?.map((row) => JSON.stringify({ ...row, constructor: 0 }))).toEqual([
      '{"p":{"__proto__":1,"no":2},"constructor":0}',
      '{"p":{"__proto__":3,"no":4},"constructor":0}',
    ]);
    expect(predictions?.map((row) => row['constructor'])).toEqual([7n, 8n]);
  });

  it.each([
    [-1, 1, ['a']],
    [-1, 2, ['a', 'b']],
    [1, 1, 'a'],
    [2, 2, ['a', 'b']],
  ])('of %j values, %j this time, has %j', (declared, width, found) => {
    const outputs = [spec('found', 'BYTES', [-1, declared])];
    const input: Tensor = { name: 'X', datatype: 'FP64', shape: [1, 3], data: [1, 2, 3] };
    const { predictions } = toPlainAnswer({ ...table.schema, outputs }, [input], {
      model_name: 'm',
      id: '',
      outputs: [
        { name: 'found', datatype: 'BYTES', shape: [1, width], data: ['a', 'b'].slice(0, width) },
      ],
    });
    expect(predictions).toEqual([{ found }]);
  });
});
