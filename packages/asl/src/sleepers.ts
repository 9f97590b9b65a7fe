/** A wait that ends when the time of its clock has come. */
export interface Sleeper {
  /** Milliseconds since the epoch. */
  readonly wakesAt: number;
  wake(): void;
}

/**
 * Adds a sleeper to those of a clock.
 *
 * @returns when it is woken; then, or when the signal is raised, it is no longer among them
 * @throws the signal's reason
 */
export function sleepAmong(
  sleepers: Set<Sleeper>,
  wakesAt: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      sleepers.delete(sleeper);
      reject(signal.reason);
    };
    const sleeper: Sleeper = {
      wakesAt,
      wake: () => {
        sleepers.delete(sleeper);
        signal.removeEventListener('abort', onAbort);
        resolve();
      },
    };
    signal.addEventListener('abort', onAbort, { once: true });
    sleepers.add(sleeper);
  });
}
