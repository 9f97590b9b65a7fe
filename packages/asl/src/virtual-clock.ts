import type { Clock } from './clock.ts';
import { type Sleeper, sleepAmong } from './sleepers.ts';

/** A clock for tests, with every delay it was asked for, in milliseconds and in order. */
export interface VirtualClock extends Clock {
  readonly sleeps: readonly number[];
}

/**
 * A clock on which waiting takes no time: when nothing else is left to do, it jumps to the moment the
 * next sleeper wakes. Hours of retries run in microseconds, in the order they would really happen.
 */
export function virtualClock(start = 0): VirtualClock {
  let now = start;
  let scheduled = false;
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];

  // setImmediate runs after every promise that can settle has settled: only then may time pass.
  const schedule = () => {
    if (scheduled || sleepers.size === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const next = [...sleepers].reduce<Sleeper | undefined>(
        (earliest, sleeper) =>
          earliest && earliest.wakesAt <= sleeper.wakesAt ? earliest : sleeper,
        undefined,
      );
      if (next) {
        now = Math.max(now, next.wakesAt);
        next.wake();
      }
      schedule();
    });
  };

  return {
    sleeps,
    now: () => now,
    sleep(ms, signal) {
      sleeps.push(ms);
      const slept = sleepAmong(sleepers, now + ms, signal);
      schedule();
      return slept;
    },
  };
}
