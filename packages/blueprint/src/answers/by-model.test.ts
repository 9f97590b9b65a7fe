import { describe, expect, it } from 'vitest';
import { byModel } from './by-model.ts';

const outputs = ['small', 'large', 'ensemble'].map((name) => ({
  name,
  datatype: 'FP64' as const,
  shape: [-1],
}));
const schema = { name: 'price', maxBatch: 10, inputs: [], outputs };
const body = {
  predictions: [
    { small: 1, ensemble: 1.5 },
    { small: 3, ensemble: 3.5 },
  ],
  models: { small: { version: 'v1' } },
  failed: { large: { error: 'E', message: 'm' } },
};

describe('an answer by model', () => {
  it('is a tensor for each output that is there', () => {
    expect(byModel.tensorsOf(body, schema)?.tensors).toEqual([
      { name: 'small', datatype: 'FP64', shape: [2], data: [1, 3] },
      { name: 'ensemble', datatype: 'FP64', shape: [2], data: [1.5, 3.5] },
    ]);
  });

  it('is none when a prediction is no number', () => {
    expect(byModel.tensorsOf({ ...body, failed: {} }, schema)).toBeUndefined();
    expect(byModel.tensorsOf({ ...body, predictions: [5] }, schema)).toBeUndefined();
  });

  it('is shown as rows by the models that answered, in the order of the workflow', () => {
    expect(byModel.shownOf(body, ['large', 'small'])).toEqual({
      lines: [],
      header: ['row', 'small', 'ensemble'],
      rows: [
        ['1', 1, 1.5],
        ['2', 3, 3.5],
      ],
    });
  });
});
