import type { RowFormat } from '@chorus/data';
import { UsageError } from '../errors.ts';

const formats: readonly RowFormat[] = ['csv', 'jsonl', 'parquet'];

/** Returns the format of a file of rows by its name. @throws {UsageError} for another one */
export function formatOf(path: string): RowFormat {
  const format = formats.find((each) => path.toLowerCase().endsWith(`.${each}`));
  if (format === undefined) throw new UsageError(`${path} must be a .csv, .jsonl or .parquet file`);
  return format;
}
