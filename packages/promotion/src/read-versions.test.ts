import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { SchemaMismatchError } from './errors.ts';
import { checkSchemas } from './read-versions.ts';

const features: TensorSpec = {
  name: 'features',
  datatype: 'FP64',
  shape: [-1, 1],
  columns: [{ name: 'rooms', description: 'rooms' }],
};
const schema: ModelSchema = {
  name: 'toy',
  inputs: [features],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
};
const check = (change: Partial<ModelSchema>) => () =>
  checkSchemas('v2', { ...schema, ...change }, schema);

describe('a version', () => {
  it('may take the place of another with the same tensors, whatever else is said of them', () => {
    expect(check({})).not.toThrow();
    const columns = [{ name: 'rooms', description: 'how many rooms', minimum: 1 }];
    expect(check({ maxBatch: 5, inputs: [{ ...features, columns }] })).not.toThrow();
  });

  it.each<[string, Partial<ModelSchema>, string]>([
    ['name', { inputs: [{ ...features, name: 'x' }] }, 'inputs than the live version: x FP64'],
    ['datatype', { inputs: [{ ...features, datatype: 'FP32' }] }, 'features FP32 [-1,1] of rooms'],
    ['shape', { inputs: [{ ...features, shape: [-1, 2] }] }, 'features FP64 [-1,2]'],
    [
      'columns',
      { inputs: [{ ...features, columns: [{ name: 'age', description: '' }] }] },
      'of age instead of features FP64 [-1,1] of rooms',
    ],
    ['number of inputs', { inputs: [features, { ...features, name: 'y' }] }, '; y FP64'],
    ['outputs', { outputs: [] }, 'has other outputs'],
  ])('with another %s is another model', (_what, change, message) => {
    expect(check(change)).toThrow(SchemaMismatchError);
    expect(check(change)).toThrow(message);
    expect(check(change)).toThrow('toy v2 has other');
  });

  it('with other classes, or in another order, is another model', () => {
    const classes = (...labels: readonly string[]): ModelSchema => ({
      ...schema,
      outputs: [{ name: 'p', datatype: 'FP32', shape: [-1, 2], labels }],
    });
    const { outputs } = classes();
    const unnamed = { ...schema, outputs: outputs.map(({ labels: _, ...rest }) => rest) };
    const [live, swapped] = [classes('no', 'yes'), classes('yes', 'no')];
    expect(() => checkSchemas('v2', live, live)).not.toThrow();
    expect(() => checkSchemas('v2', live, unnamed)).not.toThrow();
    expect(() => checkSchemas('v2', unnamed, live)).not.toThrow();
    expect(() => checkSchemas('v2', swapped, live)).toThrow(SchemaMismatchError);
    expect(() => checkSchemas('v2', swapped, live)).toThrow(
      'toy v2 has other classes in p than the live version: yes, no instead of no, yes',
    );
  });
});
