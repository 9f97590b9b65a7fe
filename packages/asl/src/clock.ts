/** Time as the interpreter sees it; tests replace it (see `virtualClock`). */
export interface Clock {
  /** Milliseconds since the epoch, fractions included. */
  now(): number;
  /** Resolves `ms` later; rejects with the signal's reason as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Node's timers overflow above this; no Express execution lives that long. */
const longestTimer = 2 ** 31 - 1;

/** How late a wall clock's sleeper may notice, in milliseconds, that the machine was asleep too. */
const lookAgain = 30_000;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(
        () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
        Math.min(ms, longestTimer),
      );
      signal.addEventListener('abort', onAbort, { once: true });
    });
  },
};

/**
 * The time of day, for waits that outlive the process: their ends are dates. It goes on while the machine sleeps, which a timer
 * does not, so a long sleep looks at it now and then.
 */
export const wallClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    const due = Date.now() + ms;
    for (let left = ms; left > 0; left = due - Date.now())
      await systemClock.sleep(Math.min(left, lookAgain), signal);
  },
};
