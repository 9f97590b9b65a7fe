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
  const timer = setTimeout(() => expired.reject(late()), Math.max(0, milliseconds));
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
