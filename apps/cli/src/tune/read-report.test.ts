import { expect, it } from 'vitest';
import { readReport } from './read-report.ts';

const read = (log: string) => readReport(Buffer.from(log).toString('base64'));

it('reads the report of AWS, with a cold start, and of the local cloud', () => {
  expect(
    read(
      'END RequestId: a\nREPORT RequestId: a\tDuration: 12.34 ms\tBilled Duration: 313 ms\tMemory Size: 512 MB\tMax Memory Used: 98 MB\tInit Duration: 300.10 ms\t\n',
    ),
  ).toEqual({ durationMs: 12.34, memoryMb: 512, usedMb: 98, initMs: 300.1 });
  expect(
    read(
      'REPORT RequestId: a\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 41 MB\tProcessor Time: 1.23 ms\tProcessor Wait: 0.50 ms\n',
    ),
  ).toEqual({ durationMs: 1.5, memoryMb: 128, usedMb: 41, processorMs: 1.23, waitMs: 0.5 });
});

it('reads nothing of a log without one', () => {
  expect(read('Duration: 1 ms\n')).toBeUndefined();
});
