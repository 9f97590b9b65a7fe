import { fileWriter, ParquetWriter } from 'hyparquet-writer';

/** Rows of a row group: what is in memory before it is written. */
const rowsOfGroup = 65_536;

/** A Parquet file that is being written. */
export interface ParquetFile {
  /** Takes a row of as many numbers as there are names, and copies them. The promise, if any, ends when they are written. */
  readonly add: (values: ArrayLike<number>) => Promise<void> | undefined;
  readonly rows: () => number;
  readonly close: () => Promise<void>;
}

/** Writes rows of numbers as Parquet, a DOUBLE column for each name; NaN becomes null. */
export function parquetFile(path: string, names: readonly string[]): ParquetFile {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    // Snappy makes little of measured numbers, and took half of the time.
    codec: 'UNCOMPRESSED',
    schema: [
      { name: 'root', num_children: names.length },
      ...names.map((name) => ({
        name,
        type: 'DOUBLE' as const,
        repetition_type: 'OPTIONAL' as const,
      })),
    ],
  });
  const columns = names.map(() => new Float64Array(rowsOfGroup));
  let filled = 0;
  let rows = 0;

  async function flush(): Promise<void> {
    if (filled === 0) return;
    const columnData = names.map((name, position) => {
      const values = columns[position]?.subarray(0, filled) ?? new Float64Array();
      const data = values.some(Number.isNaN)
        ? Array.from(values, (value) => (Number.isNaN(value) ? null : value))
        : values;
      return { name, data };
    });
    await writer.write({ columnData, rowGroupSize: rowsOfGroup });
    filled = 0;
  }

  return {
    add: (values) => {
      let position = 0;
      for (const column of columns) column[filled] = values[position++] ?? Number.NaN;
      filled += 1;
      rows += 1;
      return filled === rowsOfGroup ? flush() : undefined;
    },
    rows: () => rows,
    close: async () => {
      await flush();
      await writer.finish();
    },
  };
}
