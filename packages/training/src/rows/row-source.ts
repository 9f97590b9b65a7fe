import { TrainingError } from '../errors.ts';
import { checkTable, type Table } from '../table.ts';

/** Rows that need not fit into memory: read in pieces, from the first row, as often as a trainer asks. */
export interface RowSource {
  readonly columns: readonly string[];
  /** All rows of all pieces. */
  readonly rows: number;
  /**
   * Returns the rows in their order. How many a piece has changes no result; a piece may be reused
   * for the next one, so what is kept of it is copied.
   *
   * @throws TrainingError when the rows cannot be read
   */
  readonly read: () => AsyncIterable<Table>;
}

/** Returns a table as a source of one piece. */
export function tableRows(table: Table): RowSource {
  return {
    columns: table.columns,
    rows: table.target.length,
    read: async function* () {
      yield table;
    },
  };
}

/**
 * Reads pieces that every trainer may rely on: numbers are finite, and as many rows as the source says. Errors count
 * rows from the start of the source.
 *
 * @throws TrainingError for what `checkTable` refuses, and for a source of more or fewer rows than it says
 */
export async function* checkedPieces(source: RowSource): AsyncIterable<Table> {
  let rows = 0;
  for await (const piece of source.read()) {
    checkTable(piece, rows);
    rows += piece.target.length;
    if (rows > source.rows) break;
    yield piece;
  }
  if (rows !== source.rows) {
    throw new TrainingError(
      `The rows are ${rows > source.rows ? 'more' : 'fewer'} than the ${source.rows} that were to be read`,
    );
  }
}

/**
 * Reads all rows into one table.
 *
 * @throws TrainingError for what `checkTable` refuses
 */
export async function collectRows(source: RowSource): Promise<Table> {
  const features = new Float64Array(source.rows * source.columns.length);
  const target = new Float64Array(source.rows);
  let row = 0;
  for await (const piece of checkedPieces(source)) {
    features.set(piece.features, row * source.columns.length);
    target.set(piece.target, row);
    row += piece.target.length;
  }
  const table = { columns: source.columns, features, target };
  checkTable(table);
  return table;
}
