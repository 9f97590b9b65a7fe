import { open } from 'node:fs/promises';

/**
 * Returns what makes all that was written to a file so far outlive a loss of power. Callers at the same time share one call
 * of the operating system, and none blocks the process.
 */
export function settler(file: string): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function sync(): Promise<void> {
    const handle = await open(file, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  function begin(): Promise<void> {
    current = sync().finally(() => {
      current = undefined;
    });
    return current;
  }

  return () => {
    if (!current) return begin();
    // The call under way may have begun before the caller's write.
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}
