import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeFaults } from './describe-faults.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

describeFaults(
  () => startServingCloud(),
  () => '127.0.0.1',
);

describe('a worker that never answers', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startServingCloud();
    expect((await predict()).body.failed).toEqual({});
  });
  afterAll(() => cloud.remove());

  const predict = (more: object = {}) =>
    post(cloud, '/predict/house-price', { instances: [house], ...more });

  /** Stops every process of a function where it stands, as if its handler hung. */
  function hang(functionName: string): void {
    const temporary = `TMPDIR=${join(cloud.directory, 'tmp', functionName)}\0`;
    const pids = readdirSync('/proc').filter((pid) => {
      try {
        return (
          /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(temporary)
        );
      } catch {
        return false;
      }
    });
    expect(pids).toHaveLength(1);
    for (const pid of pids) process.kill(Number(pid), 'SIGSTOP');
  }

  it('is left out when the caller cannot wait', async () => {
    hang('chorus-svr');
    const { status, body } = await predict({ parameters: { timeout: 1_000_000 } });
    expect(status).toBe(200);
    expect(Object.keys(body.predictions[0] ?? {})).toEqual([
      'linear-regression',
      'random-forest',
      'ensemble',
    ]);
    expect(body.failed['svr']?.error).toMatch(/States.Timeout|DeadlineExceededError/);
  });

  it('is replaced, and asked again, when the caller can', async () => {
    hang('chorus-random-forest');
    const { body } = await predict();
    expect(body.failed).toEqual({});
    expect(body.models['random-forest']?.attempts).toBe(2);
  });
});
