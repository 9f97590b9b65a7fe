import { type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { explainFileError, FileError, LocalCloudError } from '@chorus/emulator-files';

/** The bytes that the database writes at once: a part of its log. */
const neededBytes = 1024 * 1024;

/**
 * Does what the database does with its disk, because PGlite drops what the operating system says to it: with too few
 * open files it even takes a file that it cannot open for one that is there.
 *
 * @param files how many to have open at once
 * @throws {Error} of the operating system
 */
export async function probe(directory: string, files: number): Promise<void> {
  const file = `${directory}.probe`;
  const opened: FileHandle[] = [];
  try {
    await writeFile(file, Buffer.alloc(neededBytes, 1));
    while (opened.length < files) opened.push(await open(file));
  } finally {
    for (const each of opened) await each.close();
    await rm(file, { force: true });
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/**
 * Says in one line why the database in `directory` could not be opened and what to do about it. PGlite only says that it
 * was aborted: whether the disk or the number of open files is the reason is tried out. Only a database that is damaged
 * is one to delete.
 */
export async function explainDatabaseError(
  error: unknown,
  directory: string,
): Promise<LocalCloudError> {
  if (error instanceof LocalCloudError || isOfSystem(error))
    return explainFileError(error, directory);
  try {
    await probe(directory, 16);
  } catch (reason) {
    return explainFileError(reason, directory);
  }
  return new FileError(
    `${directory} is damaged: move or delete that folder to start with a new database, everything in it is made again`,
    { cause: error },
  );
}
