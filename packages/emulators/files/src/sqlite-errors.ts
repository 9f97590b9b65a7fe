import { explainFileError } from './file-errors.ts';

/**
 * What SQLite reports about the file, by numbers of its own: the operating system's name, or undefined for what it has no name
 * for: damaged (11), cannot be opened (14), no database (26).
 */
const codes = new Map<number, string | undefined>([
  [8, 'EROFS'],
  [10, 'EIO'],
  [11, undefined],
  [13, 'ENOSPC'],
  [14, undefined],
  [26, undefined],
]);

/**
 * Returns an error of SQLite's about the file as one that names the file and says what to do; any other error as it is.
 *
 * @see https://sqlite.org/rescode.html
 */
export function explainSqlite(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  // The low byte is the kind, the others are details.
  const kind = Number(error.errcode) & 0xff;
  if (!codes.has(kind)) return error;
  const code = codes.get(kind);
  const named = new Error(error.message, { cause: error });
  return explainFileError(code === undefined ? named : Object.assign(named, { code }), file);
}
