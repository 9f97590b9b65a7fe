import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PredictionColumns } from './results.ts';

/** Rows of a part of the file; so many are in memory. */
const rowGroupSize = [1000, 50_000];

type Row = Record<string, unknown>;

/** Values as their columns hold them. */
async function* rowsOf(file: string, columns: PredictionColumns): AsyncGenerator<Row> {
  const nested = [...columns].filter(([, type]) => type === 'JSON').map(([name]) => name);
  const lines = createInterface({ input: createReadStream(file) });
  for await (const line of lines) {
    const row: Row = JSON.parse(line);
    for (const [name] of columns) row[name] ??= null;
    for (const name of nested) if (row[name] !== null) row[name] = JSON.stringify(row[name]);
    yield row;
  }
}

/** Writes a file of JSON Lines as Parquet, with a column for each field and null where a row has none. */
export async function writeParquet(
  lines: string,
  columns: PredictionColumns,
  filename: string,
): Promise<void> {
  const { fileWriter, parquetWriteRows } = await import('hyparquet-writer');
  await parquetWriteRows({
    writer: fileWriter(filename),
    rows: rowsOf(lines, columns),
    columns: [...columns].map(([name, type]) => ({
      name,
      type: type === 'JSON' ? ('STRING' as const) : type,
      nullable: name !== 'row',
    })),
    rowGroupSize,
  });
}
