/** Returns the result that `read` had for a key before, or reads it. A key stands for one result for ever. */
type Remember<Value> = (key: string, read: () => Promise<Value>) => Promise<Value>;

/**
 * Remembers what was read, for a process that runs a command again and again, as the console does. Failures are not remembered; the
 * oldest is forgotten first.
 *
 * @param most so many at most
 */
export function remembering<Value>(most: number): Remember<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key, read) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const reading = read();
    known.set(key, reading);
    reading.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return reading;
  };
}
