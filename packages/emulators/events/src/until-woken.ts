import type { Clock } from '@chorus/asl';

/** Waits that end at a time of the clock, or earlier when something is new. */
export interface Alarm {
  /** Ends the wait that goes on, or else the next one. */
  wake(): void;
  /**
   * @param until epoch milliseconds; without it only `wake` ends the wait
   * @throws the signal's reason
   */
  wait(until?: number): Promise<void>;
}

export function alarm(clock: Clock, closing: AbortSignal): Alarm {
  let woken = Promise.withResolvers<void>();
  return {
    wake: () => woken.resolve(),
    async wait(until) {
      closing.throwIfAborted();
      const waiting = new AbortController();
      const stop = AbortSignal.any([waiting.signal, closing]);
      const slept =
        until === undefined
          ? new Promise<void>((_, reject) => {
              stop.addEventListener('abort', () => reject(stop.reason), { once: true });
            })
          : clock.sleep(Math.max(until - clock.now(), 0), stop);
      // What was not waited for to its end is of no interest.
      slept.catch(() => {});
      try {
        await Promise.race([slept, woken.promise]);
      } finally {
        waiting.abort();
        woken = Promise.withResolvers();
      }
    },
  };
}
