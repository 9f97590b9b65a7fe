import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Changes what a folder holds, by renames and removals, so that it survives a power cut. All that can fail for want of
 * descriptors or rights comes before the change: what is reported as failed did not happen.
 *
 * @param change what decides and what it decides, in one synchronous step; when it throws nothing may have changed
 */
export async function changeDurably(folder: string, change: () => void): Promise<void> {
  const handle = await open(folder);
  try {
    change();
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder at `path` that holds one file, and writes both to the disk. */
export async function writeFolder(path: string, file: string, record: unknown): Promise<void> {
  await mkdir(path);
  const handle = await open(join(path, file), 'wx');
  try {
    await handle.writeFile(JSON.stringify(record));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await changeDurably(path, () => {});
}

/** Tells whether an error says that a file or folder does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
