import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { cellReader } from './cells.ts';
import { RowError, SplitError } from './errors.ts';
import { parquetFile } from './formats/parquet-writer.ts';
import type { BadRow, RawRow } from './formats/raw-row.ts';
import { readRows } from './formats/read-rows.ts';
import { type HoldOut, holdOut } from './hold-out.ts';
import { expectation, shownValue } from './problems.ts';
import type { DataRules, RowFormat } from './rules.ts';

/** Files in which the parts of a split are written. */
export interface SplitPaths {
  readonly train: string;
  readonly test: string;
  /** The rows to train on once more, in two parts: those to fit on, and those to choose options by. */
  readonly validation?: { readonly rule: HoldOut; readonly fit: string; readonly judge: string };
}

export interface SplitResult {
  readonly trainRows: number;
  readonly testRows: number;
  /** Of the file that was split, in hexadecimal digits. */
  readonly sha256: string;
}

/** Returns a function that reads a row's numbers into an array of its own, which the next row overwrites. */
function rowReader(format: RowFormat, rules: DataRules) {
  const columns = [...rules.columns, rules.target].map((rule) => ({
    rule,
    read: cellReader(rule, format),
  }));
  const values = new Float64Array(columns.length);
  return (row: RawRow | BadRow, number: number): Float64Array => {
    if ('message' in row) throw new RowError(`Row ${number} ${row.message}: ${row.value}`);
    let position = 0;
    for (const { rule, read } of columns) {
      const value = read(row[position]);
      if (typeof value !== 'number') {
        const shown = shownValue(row[position]);
        throw new RowError(`Row ${number}: ${expectation(value, rule)}, not ${shown}`);
      }
      values[position++] = value;
    }
    return values;
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function writeParts(
  path: string,
  format: RowFormat,
  rules: DataRules,
  rule: HoldOut,
  paths: SplitPaths,
): Promise<Omit<SplitResult, 'sha256'>> {
  const names = [...rules.columns, rules.target].map(({ name }) => name);
  const read = rowReader(format, rules);
  const isHeldOut = holdOut(rule, rules.columns.length);
  const train = parquetFile(paths.train, names);
  const test = parquetFile(paths.test, names);
  const validation = paths.validation && {
    isJudge: holdOut(paths.validation.rule, rules.columns.length),
    fit: parquetFile(paths.validation.fit, names),
    judge: parquetFile(paths.validation.judge, names),
  };
  let number = 0;
  for await (const rows of readRows(path, format, names)) {
    for (const row of rows) {
      number += 1;
      const values = read(row, number);
      const isTest = isHeldOut(values);
      const written = (isTest ? test : train).add(values);
      // Waiting for each row would cost more than reading it.
      if (written !== undefined) await written;
      if (validation === undefined || isTest) continue;
      const again = (validation.isJudge(values) ? validation.judge : validation.fit).add(values);
      if (again !== undefined) await again;
    }
  }
  const [trainRows, testRows] = [train.rows(), test.rows()];
  if (trainRows === 0 || testRows === 0) {
    throw new SplitError(
      `Of ${number} row(s) ${testRows} would be held out: it takes more different rows, to train on and to judge by`,
    );
  }
  if (validation !== undefined && (validation.fit.rows() === 0 || validation.judge.rows() === 0)) {
    throw new SplitError(
      `Of ${trainRows} row(s) to train on ${validation.judge.rows()} would choose the options: it takes more different rows`,
    );
  }
  for (const part of [train, test, validation?.fit, validation?.judge]) await part?.close();
  return { trainRows, testRows };
}

/**
 * Writes the rows of a file that `validateFile` approved as two Parquet files, the rows to train on and those held out, in
 * their order and in bounded memory. Columns are doubles in the order of the rules, the target last. Which rows are held out
 * depends on their features alone (`holdOut`). With `validation`, the rows to train on are written a second time, in two parts of the
 * same kind.
 *
 * @throws {RowError} naming the first row that breaks a rule
 * @throws {SplitError} when one of the parts would be empty
 * @throws {UnreadableFileError} when the file is not of this format
 * @throws {ColumnsError} when it lacks a column or has it twice
 */
export async function splitFile(
  path: string,
  format: RowFormat,
  rules: DataRules,
  rule: HoldOut,
  paths: SplitPaths,
): Promise<SplitResult> {
  try {
    const rows = await writeParts(path, format, rules, rule, paths);
    return { ...rows, sha256: await sha256Of(path) };
  } catch (error) {
    const { train, test, validation } = paths;
    for (const part of [train, test, validation?.fit, validation?.judge])
      if (part !== undefined) await rm(part, { force: true });
    throw error;
  }
}
