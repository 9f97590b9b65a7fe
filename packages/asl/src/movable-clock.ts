import type { Clock } from './clock.ts';
import { type Sleeper, sleepAmong } from './sleepers.ts';

/** A clock for tests that only goes on when it is told to. */
export interface MovableClock extends Clock {
  /** Goes on by so many milliseconds, and wakes who slept until then in the order of their times. */
  advance(ms: number): void;
  /** When each sleeper wakes, in milliseconds since the epoch, the earliest first. */
  readonly sleepers: readonly number[];
}

/** Returns a clock that stands still: real input and output may go on around it for as long as they need. */
export function movableClock(start = 0): MovableClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const inOrder = () => [...sleepers].sort((a, b) => a.wakesAt - b.wakesAt);

  return {
    now: () => now,
    get sleepers() {
      return inOrder().map(({ wakesAt }) => wakesAt);
    },
    advance(ms) {
      const until = now + ms;
      for (const sleeper of inOrder()) {
        if (sleeper.wakesAt > until) break;
        now = Math.max(now, sleeper.wakesAt);
        sleeper.wake();
      }
      now = until;
    },
    async sleep(ms, signal) {
      signal.throwIfAborted();
      if (ms > 0) await sleepAmong(sleepers, now + ms, signal);
    },
  };
}
