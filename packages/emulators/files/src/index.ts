export { FileError, LocalCloudError } from './errors.ts';
export { explainFileError } from './file-errors.ts';
export { openSqlite, type Row, type Sqlite } from './open-sqlite.ts';
export { explainSqlite } from './sqlite-errors.ts';
export { takeLock } from './take-lock.ts';
