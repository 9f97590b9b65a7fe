import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where a training keeps what is done, so that one that was killed goes on instead of starting anew. A bucket does
 * as well as a folder.
 */
export interface Checkpoints {
  /** Returns what was written under a name (letters, digits, `-`), or `undefined`. */
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Writes all of it or nothing; again under the same name it is replaced. */
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
}

/** Keeps checkpoints as files of a folder, which is made if need be. */
export function folderCheckpoints(folder: string): Checkpoints {
  return {
    read: async (name) => {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: async (name, bytes) => {
      await mkdir(folder, { recursive: true });
      // Two attempts may write the same checkpoint at a time.
      const partial = join(folder, `${name}.${randomUUID()}.partial`);
      await writeFile(partial, bytes);
      await rename(partial, join(folder, name));
    },
  };
}
