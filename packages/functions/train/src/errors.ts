/** Rows that a job names are not in the bucket. Not retried: the step before has to write them. */
export class MissingDataError extends Error {
  override name = 'MissingDataError';
}

/** A Parquet file cannot be read, or lacks a column that the recipe names. Not retried. */
export class ParquetError extends Error {
  override name = 'ParquetError';
}
