import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { explainFileError } from '@chorus/emulator-files';
import { parseSavedFunctions, type SavedFunction } from './parse-saved-functions.ts';

/** The functions as they were last, by physical name. */
export interface SavedFunctions {
  /** As they were when the file was opened. */
  readonly saved: Readonly<Record<string, SavedFunction>>;
  /**
   * Resolves when the file holds the change; the file is written whole or not at all.
   *
   * @throws {LocalCloudError} if the change could not be written; the file is as it was
   */
  save(functionName: string, state: SavedFunction): Promise<void>;
  /**
   * Resolves when the file does not hold the function any more.
   *
   * @throws {LocalCloudError} if that could not be written; the file is as it was
   */
  remove(functionName: string): Promise<void>;
}

async function read(file: string): Promise<Record<string, SavedFunction>> {
  try {
    return parseSavedFunctions(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw explainFileError(error, file);
  }
}

/**
 * Opens the file of functions; one that is not there yet is empty.
 *
 * @throws {LocalCloudError} if the file cannot be read, or is not what `save` wrote; it is left as it is
 */
export async function openSavedFunctions(file: string): Promise<SavedFunctions> {
  const saved = await read(file);
  /** The content of the file: a change that could not be written must not come with the next one. */
  let written = saved;
  // One write at a time, or two would share the temporary file.
  let writing: Promise<void> = Promise.resolve();

  async function write(functionName: string, state: SavedFunction | undefined): Promise<void> {
    const { [functionName]: _, ...others } = written;
    const next = state === undefined ? others : { ...written, [functionName]: state };
    const part = `${file}.part`;
    try {
      await writeFile(part, `${JSON.stringify(next, null, 2)}\n`, { flush: true });
      await rename(part, file);
    } catch (error) {
      // Half a file would keep a full disk full. That it cannot be removed says less than the first error.
      await rm(part, { force: true }).catch(() => {});
      throw explainFileError(error, file);
    }
    written = next;
  }

  function writeInTurn(functionName: string, state: SavedFunction | undefined): Promise<void> {
    const done = writing.then(() => write(functionName, state));
    // A failed write is its own caller's; the next one starts afresh.
    writing = done.catch(() => {});
    return done;
  }

  return {
    saved,
    save: writeInTurn,
    remove: (functionName) => writeInTurn(functionName, undefined),
  };
}
