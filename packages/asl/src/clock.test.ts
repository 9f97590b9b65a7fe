import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { virtualClock } from './virtual-clock.ts';

const never = new AbortController().signal;

describe.each([
  ['systemClock', () => systemClock],
  ['virtualClock', () => virtualClock(Date.now())],
])('%s', (_name, make) => {
  it('sleeps at least as long as asked', async () => {
    const clock = make();
    const before = clock.now();
    await clock.sleep(2, never);
    // Timers are whole milliseconds of another clock: they may be a fraction early.
    expect(clock.now() - before).toBeGreaterThanOrEqual(1);
  });

  it("rejects with the signal's reason when it aborts, before or meanwhile", async () => {
    const clock = make();
    await expect(clock.sleep(60_000, AbortSignal.abort('before'))).rejects.toBe('before');
    const controller = new AbortController();
    const sleeping = clock.sleep(1e12, controller.signal);
    controller.abort('meanwhile');
    await expect(sleeping).rejects.toBe('meanwhile');
  });
});

it('wakes the sleepers of a virtual clock in the order of their times', async () => {
  const clock = virtualClock();
  const woken: number[] = [];
  await Promise.all(
    [30_000, 10_000, 20_000].map(async (ms) => {
      await clock.sleep(ms, never);
      woken.push(clock.now());
    }),
  );
  expect(woken).toEqual([10_000, 20_000, 30_000]);
  expect(clock.sleeps).toEqual([30_000, 10_000, 20_000]);
});
