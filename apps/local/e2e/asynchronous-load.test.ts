import { expect, it } from 'vitest';
import { runLoad } from './asynchronous-load/run-load.ts';

/** All attempts of those that fail take half a minute, and each kill costs as long as a queue hides a message. */
const patienceMs = 600_000;

// Both at once: each waits most of its time, in a process and a folder of its own.
it.concurrent.each(['whole', 'fan-out'] as const)(
  'ends each of many requests exactly once, though functions and the cloud are killed: %s',
  async (way) => {
    const count = 150;
    const { first, replayed } = await runLoad({ count, seed: '14', way, report: () => {} });
    expect(first).toMatchObject({ accepted: count, once: count, letters: first.failed });
    expect(first.done + first.failed).toBe(count);
    // By this seed some fail until they are mended.
    expect(first.failed).toBeGreaterThan(0);
    expect(replayed).toMatchObject({ done: count, failed: 0, letters: 0, once: count });
  },
  patienceMs,
);
