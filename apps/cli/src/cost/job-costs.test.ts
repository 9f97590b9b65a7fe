import type { JobSpec } from '@chorus/blueprint';
import { expect, it } from 'vitest';
import { costOfJobs, jobsOfSageMaker } from './job-costs.ts';
import { renderCost } from './render-cost.ts';

const fit: JobSpec = {
  name: 'fit',
  source: 'packages/fit',
  vCpu: 4,
  memoryMb: 8192,
  timeoutSeconds: 7200,
};

const jobs = [fit, { ...fit, name: 'steady-fit', spot: false }];

it('tells what a job costs while it runs, on the capacity that it has', () => {
  const [spot, steady] = costOfJobs({ jobs }, 'arm64');
  expect(spot).toMatchObject({ name: 'fit', spot: true, onDemandHour: steady?.hour });
  expect(spot?.longest).toBeCloseTo(2 * (spot?.hour ?? 0), 12);
  expect(steady?.hour).toBeCloseTo(0.163, 9);
  expect(spot?.hour).toBeLessThan(0.4 * (steady?.hour ?? 0));
  expect(costOfJobs({}, 'arm64')).toEqual([]);
});

it('is printed, where there are jobs', () => {
  const bill = { lines: [], total: 0 };
  const linesOf = (given: readonly JobSpec[]): string =>
    renderCost({
      workflow: null,
      traffic: {
        requests: 0,
        functions: [],
        inTurn: 1,
        durationMs: 1,
        coldShare: 0,
        coldMs: 0,
        architecture: 'arm64',
        peakPerSecond: 1,
      },
      serverless: bill,
      workflows: [],
      jobs: costOfJobs({ jobs: given }, 'arm64'),
      jobsOfSageMaker: jobsOfSageMaker({ jobs: given }),
      atRest: { ...bill, stage: 'production' },
      container: bill,
      breakEvenRequests: undefined,
      prices: { asOf: '2026-01-01', region: 'us-east-1' },
    }).join('\n');
  expect(linesOf(jobs)).toMatch(
    /^fit +4 vCPU and 8 GB +\$0\.0524 on Spot, at best +\$0\.1630 +\$0\.1048$/m,
  );
  expect(linesOf(jobs)).toMatch(/^steady-fit +4 vCPU and 8 GB +\$0\.1630 +\$0\.1630 +\$0\.3260$/m);
  expect(linesOf([])).not.toContain('job');
  const sageMaker = { instance: 'ml.m5.xlarge', diskGb: 30 };
  expect(linesOf([{ ...fit, sageMaker }])).toContain(
    'Not in it: fit, on ml.m5.xlarge of SageMaker.',
  );
});
