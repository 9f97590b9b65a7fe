import { readFile, rename, writeFile } from 'node:fs/promises';
import { StartError } from '../errors.ts';
import type { Alias } from './aliases.ts';
import type { PublishedVersion } from './versions.ts';

/** What of a function outlives a restart, so that swaps, versions and aliases do. */
export interface SavedFunction {
  /** Variables of `$LATEST`, over those of the blueprint. */
  readonly environment: Readonly<Record<string, string>>;
  /** In the order they were published. */
  readonly versions: readonly PublishedVersion[];
  readonly aliases: readonly Alias[];
}

/** The functions as they were last, by physical name. */
export interface SavedFunctions {
  readonly saved: Readonly<Record<string, SavedFunction>>;
  /** Resolves when the file holds the change; the file is written whole or not at all. */
  save(functionName: string, state: SavedFunction): Promise<void>;
}

async function read(file: string): Promise<Record<string, SavedFunction>> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new StartError(`${file} is damaged; delete it to start from the blueprint`, {
      cause: error,
    });
  }
}

/** Opens the file of functions; one that is not there yet is empty. */
export async function openSavedFunctions(file: string): Promise<SavedFunctions> {
  const saved = await read(file);
  // One write at a time, or two would share the temporary file.
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    await writeFile(`${file}.part`, `${JSON.stringify(saved, null, 2)}\n`);
    await rename(`${file}.part`, file);
  }

  return {
    saved,
    save(functionName, state) {
      saved[functionName] = state;
      const written = writing.then(write);
      // A failed write is its own caller's; the next one starts afresh.
      writing = written.catch(() => {});
      return written;
    },
  };
}
