import { describe, expect, it } from 'vitest';
import { ask, gather, mean, model, rows, workflow } from './index.ts';
import { functionsAskedBy, routesTo } from './serve-workflows.ts';

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

describe('functionsAskedBy', () => {
  it('names a function once that several workflows ask', () => {
    const served = [asking('rent', { tree: 512, line: 512 }), asking('sale', { line: 512 })];
    expect(functionsAskedBy(served).map(({ name }) => name)).toEqual(['tree', 'line']);
  });

  it('refuses two descriptions of one function', () => {
    const served = [asking('rent', { line: 512 }), asking('sale', { line: 1024 })];
    expect(() => functionsAskedBy(served)).toThrow(
      expect.objectContaining({
        name: 'BlueprintError',
        message: expect.stringContaining('sale asks a function line that another workflow'),
      }),
    );
  });
});

it('routesTo gives each workflow its path', () => {
  expect(routesTo([asking('rent', { line: 512 })])).toEqual([
    { method: 'POST', path: '/predict/rent', workflow: 'rent' },
  ]);
});
