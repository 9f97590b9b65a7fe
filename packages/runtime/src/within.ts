/** A timer of more milliseconds, 24.8 days, overflows and fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Waits for `work`, but no longer than so many milliseconds; what comes of it later is ignored. Without an end, for
 * `Infinity`, it waits as long as `work` takes.
 *
 * @throws what `late` makes when the time is up
 */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => Error,
): Promise<T> {
  if (milliseconds === Number.POSITIVE_INFINITY) return work;
  const expired = Promise.withResolvers<never>();
  // Timers come first after a pause of the process; the answer may have come as well, and is read before the immediate.
  const giveUp = () => setImmediate(() => expired.reject(late()));
  const timer = setTimeout(giveUp, Math.min(Math.max(0, milliseconds), longestTimerMs));
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
