import { readFile } from 'node:fs/promises';

/** Reads a file; undefined when there is none. */
export async function readOptional(path: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
