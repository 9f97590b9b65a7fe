import { expect, it } from 'vitest';
import { type JobRun, jobCost } from './job-cost.ts';

const hour: JobRun = { vCpu: 4, memoryMb: 8192, seconds: 3600, spot: false };

it.each<[string, Partial<JobRun>, number]>([
  // 4 x 0.03238 + 8 x 0.00356 + 0.005.
  ['an hour', {}, 0.163],
  // 4 x 0.04048 + 8 x 0.004445 + 0.005.
  ['an hour on x86', { architecture: 'x64' }, 0.20248],
  // 0.3 x 0.158 + 0.005.
  ['an hour on spare capacity', { spot: true }, 0.0524],
  // A tenth of the first.
  ['six minutes', { seconds: 360 }, 0.0163],
  ['a moment, which is billed as a minute', { seconds: 0.2 }, 0.163 / 60],
])('agrees with a bill reckoned by hand for %s', (_name, changes, dollars) => {
  expect(jobCost({ ...hour, ...changes })).toBeCloseTo(dollars, 9);
});
