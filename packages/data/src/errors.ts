/** Base of what this package throws: a file of rows that cannot be used as it is, with what to do about it. */
export class DataError extends Error {
  override readonly name: string = 'DataError';
}

/** The file is not what its format says: no text, quotes that are not closed, no Parquet. */
export class UnreadableFileError extends DataError {
  override readonly name = 'UnreadableFileError';
}

/** Problems that the message of an error names; `columns` has all of them. */
const namedProblems = 5;

/** Columns that the rules name are not in the file, or are there twice. */
export class ColumnsError extends DataError {
  override readonly name = 'ColumnsError';
  readonly columns: readonly ColumnProblem[];

  constructor(columns: readonly ColumnProblem[]) {
    const named = columns.slice(0, namedProblems).map(({ message }) => message);
    const more = columns.length - named.length;
    super(`${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`);
    this.columns = columns;
  }
}

/** What is wrong with one column of a file, whatever its rows hold. */
export interface ColumnProblem {
  readonly rule: 'column-missing' | 'column-repeated';
  readonly column: string;
  readonly message: string;
}

/** A row is not as the rules say; `validateFile` names all of them. */
export class RowError extends DataError {
  override readonly name = 'RowError';
}

/** All rows stand on one side of a split. */
export class SplitError extends DataError {
  override readonly name = 'SplitError';
}
