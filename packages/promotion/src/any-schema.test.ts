import {
  checkInputs,
  type ModelSchema,
  parseInferRequest,
  parseJson,
  type TensorSpec,
} from '@chorus/protocol';
import { type Manifest, parseManifest } from '@chorus/registry/manifest';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventOf } from './packed-event.ts';
import { sampleRequests } from './sample-requests.ts';

const numbers = ['FP32', 'FP64', 'INT64', 'INT8', 'UINT8', 'UINT32'] as const;

/** An input, and the elements of an example of it. */
interface Drawn {
  readonly spec: TensorSpec;
  readonly sizes: readonly number[];
  readonly data: readonly (number | string | boolean)[];
}

const column = fc.record({
  minimum: fc.option(fc.integer({ min: -5, max: 0 }), { nil: undefined }),
  maximum: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
});

/** A table of numbers, with ranges here and there. */
const table = fc
  .tuple(fc.constantFrom(...numbers), fc.array(column, { minLength: 1, maxLength: 3 }), fc.nat(1))
  .map(([datatype, ranges, value]): Drawn => {
    const columns = ranges.map(({ minimum, maximum }, index) => ({
      name: `column${index}`,
      description: '',
      // A range of whole numbers that the datatype has.
      ...(minimum !== undefined && { minimum: datatype.startsWith('U') ? 0 : minimum }),
      ...(maximum !== undefined && { maximum }),
    }));
    const data = columns.map(() => value);
    return {
      spec: { name: 'table', datatype, shape: [-1, data.length], columns },
      sizes: [1, data.length],
      data,
    };
  });

const plans = ['free', 'pro'];
const columns = [{ name: 'text', description: '', categories: plans }];

const texts = fc.boolean().map((isKnown): Drawn => {
  const spec = { name: 'text', datatype: 'BYTES', shape: [-1] } as const;
  const data = [isKnown ? 'pro' : 'as it was'];
  return { spec: { ...spec, ...(isKnown && { columns }) }, sizes: [1], data };
});

/** Anything else: pixels, token ids, masks, of some shape. */
const cube = fc
  .tuple(
    fc.constantFrom(...numbers, 'BOOL' as const),
    // All inputs of a request have the same number of rows.
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }).map((sizes) => [1, ...sizes]),
    fc.array(fc.nat(100), { minLength: 64, maxLength: 64 }),
  )
  .map(([datatype, sizes, values]): Drawn => {
    const count = sizes.reduce((product, size) => product * size, 1);
    const data = values.slice(0, count).map((value) => (datatype === 'BOOL' ? value > 50 : value));
    return { spec: { name: 'cube', datatype, shape: sizes.map(() => -1) }, sizes, data };
  });

/** Reads an event as a model's function does. @throws {ProtocolError} */
function takeAsFunction(event: string, schema: ModelSchema): void {
  checkInputs(parseInferRequest(parseJson(event), schema), schema);
}

it('requests are ones that the model takes, whatever its schema', () => {
  const drawn = fc
    .subarray([0, 1, 2], { minLength: 1 })
    .chain((which) =>
      fc.tuple(table, texts, cube).map((all) => all.filter((_, index) => which.includes(index))),
    );
  fc.assert(
    fc.property(drawn, fc.nat(), (inputs, seed) => {
      const schema: ModelSchema = {
        name: 'any',
        inputs: inputs.map(({ spec }) => spec),
        outputs: [{ name: 'y', datatype: 'FP32', shape: [-1] }],
        maxBatch: 10,
      };
      const example = inputs.map(({ spec: { name, datatype }, sizes: shape, data }) => ({
        name,
        datatype,
        shape,
        data,
      }));
      const file = { name: 'model.onnx', bytes: 1, sha256: '0'.repeat(64) };
      const manifest: Manifest = parseManifest({
        format: 1,
        name: 'any',
        version: 'v1',
        file,
        schema,
        example: { inputs: example },
      });
      const requests = sampleRequests(schema, [manifest], [], seed);
      for (let count = 0; count < 8; count++)
        expect(() => takeAsFunction(eventOf(requests.next().value), schema)).not.toThrow();
    }),
  );
});
