import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TrainingError } from '../errors.ts';
import type { Table } from '../table.ts';
import type { Dataset } from './dataset.ts';

/** The columns of a CSV file that make a table. */
export interface CsvColumns {
  /** Names of the features in the order of the model's input; matched without regard to case. */
  readonly features: readonly string[];
  readonly target: string;
}

/**
 * Reads comma-separated numbers with a header line. Columns are found by name, so their order in
 * the file does not matter and others are left alone. Quotes are not interpreted: a file that needs
 * them is not a table of numbers.
 *
 * @throws TrainingError naming the line and column of what is missing or is not a finite number
 */
export function parseCsv(text: string, columns: CsvColumns): Table {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const names = header.split(',').map(normalise);
  const positions = [...columns.features, columns.target].map((name) => {
    const position = names.indexOf(normalise(name));
    if (position < 0) throw new TrainingError(`No column '${name}'; the header has ${names}`);
    return { name, position };
  });
  const rows = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const cells = line.split(',');
    if (cells.length !== names.length) {
      throw new TrainingError(
        `Line ${index + 2} has ${cells.length} cells, the header ${names.length}`,
      );
    }
    return [
      positions.map(({ name, position }) =>
        parseNumber(cells[position], `Line ${index + 2}, column '${name}'`),
      ),
    ];
  });
  return {
    columns: columns.features,
    features: Float64Array.from(rows.flatMap((row) => row.slice(0, -1))),
    target: Float64Array.from(rows, (row) => row.at(-1) ?? Number.NaN),
  };
}

/** Returns a data set in a CSV file (UTF-8); its hash is that of the file's bytes. */
export function csvDataset(name: string, file: URL, columns: CsvColumns): Dataset {
  return {
    name,
    load: async () => {
      const bytes = await readFile(file).catch((cause: unknown) => {
        throw new TrainingError(`Cannot read the data set '${name}' from ${file}`, { cause });
      });
      try {
        const table = parseCsv(bytes.toString('utf8'), columns);
        return { table, sha256: createHash('sha256').update(bytes).digest('hex') };
      } catch (cause) {
        throw new TrainingError(`${name}: ${cause instanceof Error ? cause.message : cause}`, {
          cause,
        });
      }
    },
  };
}

const normalise = (name: string) => name.trim().toLowerCase();

function parseNumber(cell: string | undefined, where: string): number {
  const text = cell?.trim() ?? '';
  // Number('') is 0: an empty cell has to be refused by itself.
  const value = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new TrainingError(`${where}: '${text}' is not a number`);
  return value;
}
