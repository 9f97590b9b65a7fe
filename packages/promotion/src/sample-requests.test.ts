import type { Column, InferRequest, ModelSchema } from '@chorus/protocol';
import type { FeatureReference, Manifest } from '@chorus/registry/manifest';
import { describe, expect, it } from 'vitest';
import { PromotionError } from './errors.ts';
import type { Example } from './example.ts';
import { sampleRequests } from './sample-requests.ts';

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
    expect(take(only, 2)).toEqual([
      [6, 1],
      [7, 2],
    ]);
  });

  it('vary the examples where nothing says what every column is like', () => {
    const rows = take(sampleRequests(schema, [undefined], [house(6, 20), house(7, 40)]), 200);
    expect(new Set(rows.map(String)).size).toBeGreaterThan(100);
    for (const [rooms = -1, age = -1] of rows) {
      expect(rooms >= 0 && rooms <= 8).toBe(true);
      // Half of it, up or down; whole as it was.
      expect(age >= 10 && age <= 60 && Number.isInteger(age)).toBe(true);
    }
  });

  it('cannot be made of nothing', () => {
    expect(() => sampleRequests(schema, [undefined], [])).toThrow(PromotionError);
    const image = {
      ...schema,
      inputs: [{ name: 'image', datatype: 'BYTES', shape: [1] } as const],
    };
    expect(() => sampleRequests(image, [undefined], [house(6, 1)])).toThrow(
      'Nothing says what requests of forest look like',
    );
  });
});

/** A model of several inputs, as a pipeline of columns is exported. */
const mixed: ModelSchema = {
  name: 'churn',
  inputs: [
    {
      name: 'plan',
      datatype: 'BYTES',
      shape: [-1, 1],
      columns: [{ name: 'plan', description: '', categories: ['small', 'large'] }],
    },
    { name: 'city', datatype: 'BYTES', shape: [-1, 1] },
    { name: 'fee', datatype: 'FP32', shape: [-1], missing: true },
    { name: 'months', datatype: 'INT64', shape: [-1, 1] },
    { name: 'roaming', datatype: 'BOOL', shape: [-1] },
  ],
  outputs: [{ name: 'label', datatype: 'BYTES', shape: [-1] }],
  maxBatch: 10,
};

const requests = (of: ModelSchema, examples: readonly Example[], more?: Manifest) => {
  const endless = sampleRequests(of, [undefined, more], examples);
  return Array.from({ length: 300 }, () => endless.next().value);
};
const valuesOf = (asked: readonly InferRequest[], name: string) =>
  asked.map(({ inputs }) => inputs.find((each) => each.name === name)?.data[0]);

describe('requests for a model of any schema', () => {
  const row = { plan: 'small', city: 'Rome', fee: 20.5, months: 24, roaming: true };

  it('are the row of a workflow, and then like it', () => {
    const asked = requests(mixed, [{ row }]);
    expect(asked[0]).toEqual({
      inputs: [
        { name: 'plan', datatype: 'BYTES', shape: [1, 1], data: ['small'] },
        { name: 'city', datatype: 'BYTES', shape: [1, 1], data: ['Rome'] },
        { name: 'fee', datatype: 'FP32', shape: [1], data: [20.5] },
        { name: 'months', datatype: 'INT64', shape: [1, 1], data: [24] },
        { name: 'roaming', datatype: 'BOOL', shape: [1], data: [true] },
      ],
    });
    // A text is never one that the model may not know.
    expect(new Set(valuesOf(asked, 'plan'))).toEqual(new Set(['small', 'large']));
    expect(new Set(valuesOf(asked, 'city'))).toEqual(new Set(['Rome']));
    expect(new Set(valuesOf(asked, 'roaming'))).toEqual(new Set([true, false]));
    const months = valuesOf(asked, 'months').map(Number);
    expect([Math.min(...months), Math.max(...months)]).toEqual([0, 24]);
    const fees = valuesOf(asked, 'fee').map(Number);
    expect(Math.min(...fees)).toBeGreaterThanOrEqual(10.25);
    expect(Math.max(...fees)).toBeLessThanOrEqual(30.75);
    expect(new Set(fees).size).toBeGreaterThan(50);
  });

  it('are the row of a workflow only when it has all of it', () => {
    expect(() => requests(mixed, [{ row: { ...row, months: '24' } }])).toThrow(PromotionError);
    const { city: _, ...partial } = row;
    expect(() => requests(mixed, [{ row: partial }])).toThrow(PromotionError);
    const [first] = requests(mixed, [{ row: { ...row, fee: null } }]);
    expect(first?.inputs[2]?.data).toEqual([Number.NaN]);
    expect(() => requests(mixed, [{ row: { ...row, months: null } }])).toThrow(PromotionError);
  });

  it('have categories, truths and missing values where the schema alone says what they are', () => {
    const inputs = [
      ...mixed.inputs.filter(({ name }) => name === 'plan' || name === 'roaming'),
      {
        name: 'rooms',
        datatype: 'FP32',
        shape: [-1, 1],
        missing: true,
        columns: [{ name: 'rooms', description: '', minimum: 1, maximum: 2 }],
      } as const,
    ];
    const asked = requests({ ...mixed, inputs }, []);
    expect(new Set(valuesOf(asked, 'plan'))).toEqual(new Set(['small', 'large']));
    expect(new Set(valuesOf(asked, 'roaming'))).toEqual(new Set([true, false]));
    const rooms = valuesOf(asked, 'rooms').map(Number);
    const missing = rooms.filter(Number.isNaN).length;
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(60);
    expect(rooms.every((value) => Number.isNaN(value) || (value >= 1 && value <= 2))).toBe(true);
  });

  it('keep to the token ids that an example has, and to its shape', () => {
    const inputs = [
      { name: 'ids', datatype: 'INT64', shape: [-1, -1] },
      { name: 'mask', datatype: 'INT64', shape: [-1, -1] },
    ] as const;
    const shape = [1, 4];
    const example = {
      inputs: [
        { name: 'ids', datatype: 'INT64', shape, data: [101, 7, 30521, 102] },
        { name: 'mask', datatype: 'INT64', shape, data: [1, 1, 1, 1] },
      ],
    } as const;
    const asked = requests({ ...mixed, inputs }, [{ request: example }]);
    expect(asked[0]).toEqual(example);
    const all = (name: string) =>
      asked.flatMap((each) => each.inputs.find((input) => input.name === name)?.data ?? []);
    expect(all('ids').every((id) => Number(id) >= 0 && Number(id) <= 30521)).toBe(true);
    expect(new Set(all('ids')).size).toBeGreaterThan(100);
    expect(new Set(all('mask'))).toEqual(new Set([0, 1]));
    expect(asked.every(({ inputs: [ids] }) => String(ids?.shape) === '1,4')).toBe(true);
  });

  it('vary a row of zeros too, and pixels over all that they can be', () => {
    const inputs = [
      { name: 'x', datatype: 'FP32', shape: [-1, 4] },
      { name: 'pixel', datatype: 'UINT8', shape: [1] },
    ] as const;
    const own = {
      inputs: [
        { name: 'x', datatype: 'FP32', shape: [1, 4], data: [0, 0, 0, 0] },
        { name: 'pixel', datatype: 'UINT8', shape: [1], data: [9] },
      ],
    } as const;
    const of = { ...mixed, inputs };
    const { training: _, ...bare } = young;
    const asked = requests(of, [], { ...bare, schema: of, example: own });
    expect(asked[0]).toEqual(own);
    const numbers = valuesOf(asked, 'x').map(Number);
    expect(Math.min(...numbers)).toBeLessThan(-0.5);
    expect(Math.max(...numbers)).toBeGreaterThan(0.5);
    expect(Math.max(...valuesOf(asked, 'pixel').map(Number))).toBeGreaterThan(200);
  });

  it('repeat a photo, and keep what says how it is written', () => {
    const inputs = [{ name: 'image', datatype: 'BYTES', shape: [-1] }] as const;
    const photo = {
      inputs: [
        { ...inputs[0], shape: [1], parameters: { content_type: 'base64' }, data: ['aa=='] },
      ],
    };
    // The workflow's field of the same name does not say how it is written.
    const asked = requests({ ...mixed, inputs }, [{ row: { image: 'aa==' } }, { request: photo }]);
    expect(asked.every((each) => JSON.stringify(each) === JSON.stringify(photo))).toBe(true);
  });

  it('are the given examples rather than those of the manifests', () => {
    const inputs = [{ name: 'x', datatype: 'FP32', shape: [1] }] as const;
    const of = { ...mixed, inputs };
    const request = (value: number) => ({ inputs: [{ ...inputs[0], data: [value] }] });
    const manifest0 = { ...young, schema: of, example: request(1) };
    expect(requests(of, [{ request: request(2) }], manifest0)[0]).toEqual(request(2));
  });
});
