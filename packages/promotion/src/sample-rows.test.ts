import type { Column, InferRequest, ModelSchema } from '@chorus/protocol';
import type { FeatureReference, Manifest } from '@chorus/registry/manifest';
import { describe, expect, it } from 'vitest';
import { PromotionError } from './errors.ts';
import { sampleRequests } from './sample-rows.ts';

const columns: readonly Column[] = [
  { name: 'rooms', description: 'rooms', minimum: 0, maximum: 8 },
  { name: 'age', description: 'years', minimum: 0 },
];
const schema: ModelSchema = {
  name: 'forest',
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 2], columns }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
};

/** Half of the values are in [from, middle], half in (middle, to]. */
function reference(name: string, from: number, middle: number, to: number): FeatureReference {
  const [minimum, maximum, edges] = [from, to, [middle]];
  return { name, mean: middle, std: 1, minimum, maximum, edges, shares: [0.5, 0.5] };
}

function manifest(...of: readonly FeatureReference[]): Manifest {
  return {
    format: 1,
    name: 'forest',
    version: 'v1',
    file: { name: 'model.onnx', bytes: 1, sha256: 'a' },
    schema,
    training: {
      dataset: { name: 'boston', rows: 506, sha256: 'b' },
      trainer: 'random-forest',
      options: {},
      seed: 0,
      split: { trainRows: 404, testRows: 102 },
      metrics: { rmse: 1, r2: 0.9 },
      parity: 0,
      reference: of,
    },
  };
}

const young = manifest(reference('rooms', 4, 5, 9), reference('age', 0, 10, 20));
const old = manifest(reference('rooms', 1, 2, 3), reference('age', 80, 90, 100));

function take(requests: Iterator<InferRequest, never>, count: number): number[][] {
  return Array.from({ length: count }, () => requests.next().value.inputs[0]?.data as number[]);
}

const house = (rooms: unknown, age: unknown) => ({ row: { rooms, age, colour: 'red' } });

describe('sampled requests', () => {
  it('are one row each, as the schema wants it, and the examples come first', () => {
    const requests = sampleRequests(schema, [young], [house(6, 1)]);
    expect(requests.next().value).toEqual({
      inputs: [{ name: 'features', datatype: 'FP64', shape: [1, 2], data: [6, 1] }],
    });
    expect(requests.next().value.inputs[0]?.data).not.toEqual([6, 1]);
  });

  it('are the same for the same seed, and others for another', () => {
    const rows = (seed: number) => take(sampleRequests(schema, [young, old], [], seed), 50);
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
  });

  it('take turns between the two versions’ training data', () => {
    const ages = take(sampleRequests(schema, [young, old], []), 100).map(([, age = 0]) => age);
    expect(ages.every((age, turn) => (turn % 2 === 0 ? age <= 20 : age >= 80))).toBe(true);
  });

  it('keep to the ranges of the data and of the schema, and to the shares of the bins', () => {
    const rooms = take(sampleRequests(schema, [young], []), 2000).map(([room = 0]) => room);
    expect(Math.min(...rooms)).toBeGreaterThanOrEqual(4);
    // The data go up to 9, but a request may not.
    expect(Math.max(...rooms)).toBe(8);
    const low = rooms.filter((room) => room <= 5).length / rooms.length;
    // Six standard deviations.
    expect(Math.abs(low - 0.5)).toBeLessThan(0.07);
  });

  it('leave out a version whose statistics lack a column, and fall back to the examples', () => {
    const partial = manifest(reference('rooms', 1, 2, 3));
    const ages = take(sampleRequests(schema, [partial, old], []), 20).map(([, age = 0]) => age);
    expect(ages.every((age) => age >= 80)).toBe(true);
    const only = sampleRequests(schema, [undefined, partial], [house(6, 1), house(7, 2)]);
    expect(take(only, 4)).toEqual([
      [6, 1],
      [7, 2],
      [6, 1],
      [7, 2],
    ]);
  });

  it('cannot be made of nothing, or for what is not a table', () => {
    expect(() => sampleRequests(schema, [undefined], [])).toThrow(PromotionError);
    const image = {
      ...schema,
      inputs: [{ name: 'image', datatype: 'BYTES', shape: [1] } as const],
    };
    expect(() => sampleRequests(image, [young], [house(6, 1)])).toThrow('does not take one table');
  });

  it('are the example again and again where nothing says what rows are like', () => {
    const image = {
      ...schema,
      inputs: [{ name: 'pixels', datatype: 'FP32', shape: [-1, 4] } as const],
    };
    const pixels = { name: 'pixels', datatype: 'FP32', shape: [1, 4] } as const;
    const own = { inputs: [{ ...pixels, data: [1, 2, 3, 4] }] };
    const other = { inputs: [{ ...pixels, data: [0, 0, 0, 0] }] };
    const requests = sampleRequests(image, [undefined, { ...young, example: own }], []);
    expect([requests.next().value, requests.next().value]).toEqual([own, own]);
    const given = sampleRequests(image, [{ ...young, example: own }], [{ request: other }]);
    expect(given.next().value).toEqual(other);
    const { training: _, ...bare } = young;
    expect(sampleRequests(schema, [{ ...bare, example: own }], []).next().value).toEqual(own);
  });
});
