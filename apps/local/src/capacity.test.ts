import { expect, it } from 'vitest';
import { capacityOf } from './capacity.ts';

const gigabyte = 2 ** 30;

it.each([
  [2, 24, [32, 16, 2, 4]],
  [8, 32, [128, 64, 8, 16]],
  [1, 8, [16, 8, 2, 4]],
  [16, 8, [32, 16, 16, 32]],
  [4, 1, [4, 4, 4, 8]],
])('%i cores and %i GB', (cores, memory, expected) => {
  const { inFlight, processes, processesPerModel, processesPerTask } = capacityOf(
    cores,
    memory * gigabyte,
  );
  expect([inFlight, processes, processesPerModel, processesPerTask]).toEqual(expected);
});
