import { explainFileError } from '@chorus/emulator-files';

/** The operating system's names of what SQLite reports by numbers of its own. */
const codes: Readonly<Record<number, string>> = { 8: 'EROFS', 10: 'EIO', 13: 'ENOSPC' };

/**
 * Returns an error of SQLite's as one that names the file and says what to do; any other error as it is.
 *
 * @see https://sqlite.org/rescode.html
 */
export function explainSqlite(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  // The low byte is the kind, the others are details.
  const code = codes[Number(error.errcode) & 0xff];
  const named = new Error(error.message, { cause: error });
  return explainFileError(code === undefined ? named : Object.assign(named, { code }), file);
}
