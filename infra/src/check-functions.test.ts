import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import { checkFunctions } from './check-functions.ts';
import { OptionError } from './errors.ts';

function blueprintOf(options: Partial<FunctionSpec>): Blueprint {
  const spec: FunctionSpec = {
    name: 'one',
    kind: 'task',
    source: 'packages/one',
    memoryMb: 512,
    timeoutSeconds: 6,
    concurrency: 2,
    ...options,
  };
  return {
    functions: [spec, { ...spec, name: 'two' }],
    workflows: [],
    routes: [],
    buckets: [],
  };
}

it.each<Partial<FunctionSpec>>([
  {},
  { provisionedConcurrency: 1 },
  { snapStart: true, temporaryStorageMb: 512 },
  { snapStart: true, provisionedConcurrency: 0, keepWarmMinutes: 1 },
  { temporaryStorageMb: 1024 },
])('%j is taken', (options) => {
  expect(() => checkFunctions(blueprintOf(options))).not.toThrow();
});

it.each<[Partial<FunctionSpec>, string]>([
  [
    { provisionedConcurrency: 2 },
    'provisionedConcurrency 2 is more than half of its concurrency 2',
  ],
  [{ snapStart: true, temporaryStorageMb: 513 }, 'at most 512, got 513'],
  [{ snapStart: true, provisionedConcurrency: 1 }, 'snapStart together with'],
  [{ keepWarmMinutes: 1, provisionedConcurrency: 1 }, 'keepWarmMinutes adds nothing'],
  [{ keepWarmMinutes: 0 }, 'a whole number of minutes, got 0'],
  [{ keepWarmMinutes: -1 }, 'a whole number of minutes, got -1'],
  [{ keepWarmMinutes: 1.5 }, 'a whole number of minutes, got 1.5'],
])('%j is refused, of every function that has it', (options, message) => {
  const check = () => checkFunctions(blueprintOf(options));
  expect(check).toThrow(OptionError);
  expect(check).toThrow(message);
  expect(check).toThrow(/one: .*; two: /);
});
