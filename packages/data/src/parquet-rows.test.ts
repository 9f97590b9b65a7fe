import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { ColumnsError, RowError, UnreadableFileError } from './errors.ts';
import { parquetRows } from './parquet-rows.ts';
import { readParquetTable } from './read-parquet-table.ts';
import { file, folder } from './testing/files.ts';

const rows = 100_000;
const x = Float64Array.from({ length: rows }, (_, row) => row / 7);
const y = x.map((value) => (value % 1 < 0.5 ? 1 : 2));

/** Writes columns as a Parquet file and returns its path. */
async function parquet(columns: Record<string, unknown[] | Float64Array>, rowGroupSize: number) {
  const columnData = Object.entries(columns).map(([name, data]) => ({ name, data }));
  const path = join(await folder(), 'rows.parquet');
  await writeFile(path, Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize })));
  return path;
}

it.each([1000, 65_536, 70_000, rows])(
  'reads all rows of groups of %i, in pieces that are not longer than 65,536',
  async (size) => {
    const path = await parquet({ y, other: x, X: x }, size);
    const source = await parquetRows(path, ['x'], 'y');
    expect(source.rows).toBe(rows);
    const whole = await readParquetTable(path, ['x'], 'y');
    for (const _ of ['once', 'again']) {
      let first = 0;
      for await (const { columns, features, target } of source.read()) {
        const last = first + target.length;
        expect(columns).toEqual(['x']);
        expect(target.length).toBeLessThanOrEqual(65_536);
        expect(features).toEqual(whole.features.subarray(first, last));
        expect(target).toEqual(whole.target.subarray(first, last));
        first = last;
      }
      expect(first).toBe(rows);
    }
  },
);

it('reads whole numbers of 64 bits, and NaN for what is missing', async () => {
  const path = await parquet({ x: [1n, null, 3n], y: [0.5, 1, null] }, 3);
  for await (const { features, target } of (await parquetRows(path, ['x'], 'y')).read()) {
    expect(features).toEqual(Float64Array.of(1, Number.NaN, 3));
    expect(target).toEqual(Float64Array.of(0.5, 1, Number.NaN));
  }
});

it('names the first cell that is no number, the column that is not there, and what is no Parquet', async () => {
  const path = await parquet({ x: ['1', '2'], y: [1, 2] }, 1);
  const read = async () => {
    for await (const _ of (await parquetRows(path, ['x'], 'y')).read());
  };
  await expect(read()).rejects.toThrow(new RowError("Row 1: 'x' must be a number, not 1"));
  await expect(parquetRows(path, ['z'], 'y')).rejects.toThrow(ColumnsError);
  await expect(parquetRows(await file('x,y\n1,2\n'), ['x'], 'y')).rejects.toThrow(
    UnreadableFileError,
  );
});
