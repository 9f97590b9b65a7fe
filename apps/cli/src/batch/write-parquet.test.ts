import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PredictionColumns } from './results.ts';
import { writeParquet } from './write-parquet.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-parquet-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(rows: readonly object[], columns: PredictionColumns): Promise<unknown[]> {
  const [lines, parquet] = [join(folder, 'rows.jsonl'), join(folder, 'rows.parquet')];
  await writeFile(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await writeParquet(lines, columns, parquet);
  return parquetReadObjects({ file: await asyncBufferFromFile(parquet) });
}

const columns: PredictionColumns = new Map([
  ['row', 'INT32'],
  ['price', 'DOUBLE'],
  ['label', 'STRING'],
  ['sure', 'BOOLEAN'],
  ['top', 'JSON'],
]);

it('holds every row of the lines, with null where one has nothing', async () => {
  const rows = Array.from({ length: 1200 }, (_, row) => ({
    row,
    ...(row % 3 > 0 && { price: row / 7 }),
    label: `l${row % 5}`,
    sure: row % 2 === 0,
    top: [row, { a: 'b' }],
  }));
  const read = await written(rows, columns);
  expect(read).toEqual(
    rows.map((each) => ({ price: null, ...each, top: JSON.stringify(each.top) })),
  );
});

it('is a file without rows when there are none', async () => {
  expect(await written([], columns)).toEqual([]);
});
