import { execute, StatesError, virtualClock } from '@chorus/asl';
import type { TensorSpec } from '@chorus/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  ask,
  each,
  fallback,
  first,
  model,
  output,
  rows,
  type Step,
  sequence,
  workflow,
} from '../index.ts';
import { answers, machineOf } from '../testing/run-workflow.ts';

const table: TensorSpec = { name: 'features', datatype: 'FP64', shape: [-1, 1] };
const y: TensorSpec = { name: 'y', datatype: 'FP64', shape: [-1] };
const one = (name: string): Step => ask(model(name), { inputs: [table], outputs: [y] });

// `$millis()` is the system's time, whatever the clock of the execution.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

/** Runs steps of which each takes 3.5 s, and returns how long each was given, in seconds. */
async function given(
  steps: Step,
  timeoutMs: number | undefined,
  answer = first('y'),
): Promise<readonly unknown[]> {
  const machine = machineOf(
    workflow({
      name: 'test',
      request: rows({ columns: [{ name: 'A', description: 'a' }] }),
      steps,
      answer,
      example: {},
    }),
  );
  const seconds: unknown[] = [];
  const input = {
    instances: [[1]],
    ...(timeoutMs && { parameters: { timeout: timeoutMs * 1000 } }),
  };
  await execute(machine, input, {
    clock: { ...virtualClock(), now: Date.now },
    async runTask({ timeoutSeconds, arguments: task }) {
      seconds.push(timeoutSeconds);
      vi.setSystemTime(Date.now() + 3500);
      if ((task as { FunctionName: string }).FunctionName === 'broken')
        throw new StatesError('E', '{}');
      return { Payload: answers('y', [1]) };
    },
  });
  return seconds;
}

it.each([
  ['one after the other', sequence(one('a'), one('b')), 9000, [9, 6]],
  ['one after the other by default', sequence(one('a'), one('b')), undefined, [25, 22]],
  ['one instead of another', fallback(one('broken'), { use: one('b') }), 9000, [9, 6]],
  ['less than a second is taken as one', one('a'), 10, [1]],
  ['what begins too late has a second', sequence(one('a'), one('b')), 3000, [3, 1]],
] as const)('%s', async (_, steps, timeoutMs, seconds) => {
  expect(await given(steps, timeoutMs)).toEqual(seconds);
});

it('an item has what is left when it begins', async () => {
  const items = sequence(one('a'), each('[1]', one('b'), { atOnce: 1 }));
  expect(await given(items, 9000, output('items'))).toEqual([9, 6]);
});
