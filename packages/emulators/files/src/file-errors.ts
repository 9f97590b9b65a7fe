import { inspect } from 'node:util';
import { FileError, LocalCloudError } from './errors.ts';

/** The meaning of the operating system's error codes for a file of the local cloud, and the remedy. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by this user: correct its owner or permissions',
  EPERM: 'may not be used by this user: correct its owner or permissions',
  EROFS: 'is on a read-only file system: choose another folder with CHORUS_DIRECTORY',
  ENOSPC: 'could not be written because the disk is full: free some space',
  EDQUOT: 'could not be written because the disk quota is used up: free some space',
  EFBIG:
    'could not be written because it would be larger than this process may write: raise `ulimit -f`',
  EMFILE:
    'could not be opened because this process has too many open files: raise the limit, for example `ulimit -n 4096`',
  ENFILE:
    'could not be opened because the machine has too many open files: stop other programs, or raise its limit',
  EISDIR: 'is a folder where a file is expected: move it elsewhere',
  ENOTDIR: 'is a file, or lies below one, where a folder is expected: move that file elsewhere',
  EEXIST: 'is in the way: move it elsewhere',
  ENOENT: 'is missing: was it removed by another program?',
  ENAMETOOLONG: 'has too long a name: choose a shorter folder with CHORUS_DIRECTORY',
  ELOOP: 'is a symbolic link that leads in circles: remove it',
  EIO: 'cannot be read or written, the disk reports an error: check the disk',
};

/**
 * Says in one line which file of the local cloud cannot be used and what to do about it, whatever went wrong with it:
 * the operating system refuses it, or its content is not what the local cloud wrote.
 *
 * @param path the file or folder that was used; the operating system's error may name a more exact one
 * @returns an error to throw, with `error` as its cause; `error` itself if it explains itself already
 */
export function explainFileError(error: unknown, path: string): LocalCloudError {
  if (error instanceof LocalCloudError) return error;
  const message = error instanceof Error ? error.message : inspect(error);
  const code = textOf(error, 'code');
  const meaning = code === undefined ? undefined : meanings[code];
  const what =
    meaning === undefined
      ? `is damaged, or is not a file of the local cloud (${message}): move it elsewhere and start again`
      : `${meaning} (${code})`;
  // A rename does not say which of the two it failed at.
  const named = [textOf(error, 'path') ?? path, textOf(error, 'dest')];
  const sentence = `${named.filter((each) => each !== undefined).join(' or ')} ${what}`;
  return new FileError(sentence.replaceAll(/\s+/g, ' '), { cause: error });
}

function textOf(error: unknown, name: 'code' | 'dest' | 'path'): string | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
