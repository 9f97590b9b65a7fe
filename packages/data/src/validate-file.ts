import { stat } from 'node:fs/promises';
import { cellReader } from './cells.ts';
import { collectFigures } from './column-figures.ts';
import { countDuplicates } from './duplicates.ts';
import { ColumnsError, UnreadableFileError } from './errors.ts';
import type { BadRow, RawRow } from './formats/raw-row.ts';
import { readRows } from './formats/read-rows.ts';
import { rowHash } from './hold-out.ts';
import { collectProblems, expectation, type Problems } from './problems.ts';
import type { DataRules, RowFormat } from './rules.ts';
import type { ValidationReport } from './validation-report.ts';

/** Takes rows one by one into problems, figures and the count of repetitions. */
function inspector(format: RowFormat, rules: DataRules, problems: Problems) {
  const columns = [...rules.columns, rules.target].map((rule) => ({
    rule,
    read: cellReader(rule, format),
    figures: collectFigures(rule),
  }));
  const values = new Float64Array(columns.length);
  const hashOf = rowHash(0, columns.length);
  const duplicates = countDuplicates();
  let rows = 0;

  function addCells(cells: RawRow): void {
    let isWhole = true;
    let position = 0;
    for (const { rule, read, figures } of columns) {
      const cell = cells[position];
      const value = read(cell);
      figures.add(value);
      if (typeof value === 'number') values[position] = value;
      else {
        isWhole = false;
        problems.add(value, rows, cell, () => expectation(value, rule), rule.name);
      }
      position += 1;
    }
    // Rows with a wrong cell are problems already, whatever they repeat.
    if (isWhole) duplicates.add(hashOf(values));
  }

  return {
    add: (row: RawRow | BadRow): void => {
      rows += 1;
      if ('message' in row) problems.add('row', rows, row.value, () => `A row ${row.message}`);
      else addCells(row);
    },
    rows: () => rows,
    duplicates: duplicates.figures,
    figures: () => columns.map(({ figures }) => figures.list()),
  };
}

/** Adds what only all rows together can break. */
function checkWhole(
  rules: DataRules,
  inspected: ReturnType<typeof inspector>,
  problems: Problems,
): void {
  const rows = inspected.rows();
  if (rows < rules.rows.minimum) {
    problems.addOfFile('rows', `${rows} rows: there must be at least ${rules.rows.minimum}`);
  }
  const { share } = inspected.duplicates();
  const most = rules.duplicates?.maximumShare ?? 1;
  if (share > most) {
    const told = `${(share * 100).toFixed(1)} % of the rows repeat another one: at most ${most * 100} % may`;
    problems.addOfFile('duplicates', told);
  }
  const target = inspected.figures().at(-1);
  if (target !== undefined && target.values > 1 && target.minimum === target.maximum) {
    const told = `'${target.name}' is ${target.minimum} in every row: there is nothing to learn`;
    problems.addOfFile('constant-target', told, target.name);
  }
}

/**
 * Reads a file once, in bounded memory, and says all that its rows break, each with how many rows do and the first of them.
 * Reading ends at the most rows that the rules allow; a file of too many bytes is not read.
 *
 * @returns a report, for bad data too
 * @throws {Error} when there is no such file
 */
export async function validateFile(
  path: string,
  format: RowFormat,
  rules: DataRules,
): Promise<ValidationReport> {
  const problems = collectProblems();
  const inspected = inspector(format, rules, problems);
  const { size: bytes } = await stat(path);

  async function inspect(): Promise<void> {
    const names = [...rules.columns, rules.target].map(({ name }) => name);
    for await (const rows of readRows(path, format, names)) {
      for (const row of rows) {
        if (inspected.rows() === rules.rows.maximum) {
          const told = `More than ${rules.rows.maximum} rows; those behind were not looked at`;
          problems.addOfFile('rows', told);
          return;
        }
        inspected.add(row);
      }
    }
  }

  if (bytes > rules.bytes.maximum) {
    problems.addOfFile('bytes', `${bytes} bytes: there may be at most ${rules.bytes.maximum}`);
  } else {
    try {
      await inspect();
      checkWhole(rules, inspected, problems);
    } catch (error) {
      if (error instanceof UnreadableFileError) problems.addOfFile('format', error.message);
      else if (error instanceof ColumnsError) {
        for (const { rule, column, message } of error.columns) {
          problems.addOfFile(rule, message, column);
        }
      } else throw error;
    }
  }

  const found = problems.list();
  const rows = inspected.rows();
  const { share, exact } = inspected.duplicates();
  return {
    ok: found.length === 0,
    rows,
    bytes,
    columns: inspected.figures(),
    duplicates: { rows: Math.round(share * rows), share, exact },
    problems: found,
  };
}
