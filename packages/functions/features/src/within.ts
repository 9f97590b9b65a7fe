/**
 * Waits for `work` at most so long; what comes of it later is ignored.
 *
 * @throws what `late` makes, when the time is up.
 */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => Error,
): Promise<T> {
  const expired = Promise.withResolvers<never>();
  // Timers come first after a pause of the process; the answer may have come as well, and is read before the immediate.
  const giveUp = () => setImmediate(() => expired.reject(late()));
  const timer = setTimeout(giveUp, Math.max(0, milliseconds));
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
