import { describe, expect, it } from 'vitest';
import { ask, gather, mean, model, onnxModel, rows, workflow } from './index.ts';
import { functionsOf, routesTo } from './serve-workflows.ts';

const columns = [{ name: 'size', description: 'in square metres' }];
const question = {
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1] }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
} as const;

/** A workflow that asks models of these names, each with so much memory. */
const asking = (name: string, models: Readonly<Record<string, number>>) =>
  workflow({
    name,
    request: rows({ columns }),
    steps: gather(
      Object.entries(models).map(([each, memoryMb]) => ask(model(each, { memoryMb }), question)),
      { quorum: 1 },
    ),
    answer: mean('price'),
    example: { size: 80 },
  });

describe('functionsOf', () => {
  it('names a function once that several workflows ask', () => {
    const served = [asking('rent', { tree: 512, line: 512 }), asking('sale', { line: 512 })];
    expect(functionsOf(served).map(({ name }) => name)).toEqual(['tree', 'line']);
  });

  it('refuses two descriptions of one function', () => {
    const served = [asking('rent', { line: 512 }), asking('sale', { line: 1024 })];
    expect(() => functionsOf(served)).toThrow(
      expect.objectContaining({
        name: 'BlueprintError',
        message: expect.stringContaining('sale asks a function line that is also described'),
      }),
    );
  });

  it('adds the others, each once too', () => {
    const served = [asking('rent', { line: 512 })];
    const names = functionsOf(served, [model('line', { memoryMb: 512 }), onnxModel('tree')]);
    expect(names.map(({ name }) => name)).toEqual(['line', 'tree']);
  });

  it.each([
    ['line', 'there is a function line that is also described in another way'],
    ['rent', 'rent is a model and a workflow'],
  ])('refuses another model of the name %s', (name, message) => {
    expect(() => functionsOf([asking('rent', { line: 512 })], [onnxModel(name)])).toThrow(message);
  });
});

it('onnxModel is served by the one package for all, with weights of its own', () => {
  expect(onnxModel('tree', { memoryMb: 512 })).toEqual({
    ...model('tree', { memoryMb: 512 }),
    source: 'packages/functions/onnx-model',
    weights: 'packages/models/tree/weights',
  });
});

it('routesTo gives each workflow its path', () => {
  expect(routesTo([asking('rent', { line: 512 })])).toEqual([
    { method: 'POST', path: '/predict/rent', workflow: 'rent' },
  ]);
});

it('has a route to each workflow that answers, and to no standard one', () => {
  const served = [
    asking('rent', { line: 512 }),
    { ...asking('sale', { line: 512 }), type: 'standard' as const },
  ];
  expect(routesTo(served).map(({ path }) => path)).toEqual(['/predict/rent']);
});
