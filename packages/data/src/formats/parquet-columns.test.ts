import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { BasicType, ParquetWriteOptions } from 'hyparquet-writer';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { splitFile } from '../split-file.ts';
import { file, folder, rules } from '../testing/files.ts';
import { validateFile } from '../validate-file.ts';
import { parquetColumns } from './parquet-columns.ts';

interface Column {
  readonly name: string;
  readonly data: unknown[];
  readonly type: BasicType;
}

const write = async (
  columnData: Column[],
  options: Omit<Partial<ParquetWriteOptions>, 'writer'> = {},
): Promise<string> => file(new Uint8Array(parquetWriteBuffer({ columnData, ...options })));

const houses = (rooms: Column): Column[] => [
  { name: 'Price', data: [1n, 2n, 3n], type: 'INT64' },
  rooms,
  { name: 'kind', data: ['house', 'flat', 'house'], type: 'STRING' },
  { name: 'note', data: ['a', 'b', 'c'], type: 'STRING' },
];

describe('a Parquet file', () => {
  it('is read by the names of columns, over row groups, in bounded pieces', async () => {
    const numbers = Array.from({ length: 300_000 }, (_, row) => row);
    const path = await write([{ name: 'Row', data: numbers, type: 'DOUBLE' }], {
      rowGroupSize: 140_000,
    });
    const pieces: number[] = [];
    let next = 0;
    for await (const { rows, columns } of parquetColumns(path, ['row'])) {
      pieces.push(rows);
      const values = Array.from(columns[0] ?? []);
      expect(values).toEqual(numbers.slice(next, next + rows));
      next += rows;
    }
    expect(next).toBe(300_000);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(131_072);
  });

  it('has whole numbers and texts of categories as rules say, and nulls and NaN for what is missing', async () => {
    const path = await write(
      houses({ name: 'rooms', data: [5, null, Number.NaN], type: 'DOUBLE' }),
    );
    const report = await validateFile(path, 'parquet', rules);
    expect(report.problems).toMatchObject([
      { rule: 'missing', column: 'rooms', count: 2, first: [{ row: 2 }, { row: 3 }] },
    ]);
    expect(report.columns.at(-1)).toMatchObject({ values: 3, minimum: 1, maximum: 3 });
    expect(report.columns[1]?.categories).toEqual([
      { value: 'house', rows: 2 },
      { value: 'flat', rows: 1 },
    ]);
  });

  it('has no numbers in a column of texts, whatever they say', async () => {
    const path = await write(houses({ name: 'rooms', data: ['5', '6', 'x'], type: 'STRING' }));
    expect((await validateFile(path, 'parquet', rules)).problems).toMatchObject([
      { rule: 'number', column: 'rooms', count: 3, first: [{ value: '5' }, {}, {}] },
    ]);
  });

  it('is split as the same rows in CSV are', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => row);
    const columns: Column[] = [
      { name: 'price', data: rows, type: 'INT32' },
      { name: 'rooms', data: rows.map((row) => 1 + row / 4), type: 'DOUBLE' },
      { name: 'kind', data: rows.map((row) => (row % 2 ? 'flat' : 'house')), type: 'STRING' },
    ];
    const csv = rows.map((row) => `${row},${1 + row / 4},${row % 2 ? 'flat' : 'house'}`);
    const parts = await folder();
    const split = async (path: string, format: 'csv' | 'parquet') => {
      const paths = { train: join(parts, `${format}-a`), test: join(parts, `${format}-b`) };
      const rule = { seed: 1, share: 0.3 };
      const { trainRows, testRows } = await splitFile(path, format, rules, rule, paths);
      return { trainRows, testRows };
    };
    const expected = await split(await file(`price,rooms,kind\n${csv.join('\n')}`), 'csv');
    expect(await split(await write(columns), 'parquet')).toEqual(expected);
  });

  it.each([
    ['GZIP', gzipSync],
    ['ZSTD', zstdCompressSync],
    ['BROTLI', brotliCompressSync],
  ] as const)('may be compressed with %s', async (codec, compress) => {
    const path = await write(houses({ name: 'rooms', data: [5, 6, 7], type: 'DOUBLE' }), {
      codec,
      compressors: { [codec]: (input: Uint8Array) => compress(input) },
    });
    expect((await validateFile(path, 'parquet', rules)).problems).toEqual([]);
  });

  it.each([
    ['text', Buffer.from('price,rooms,kind\n1,2,house\n')],
    ['nothing', Buffer.alloc(0)],
    ['half of one', undefined],
  ])('that is %s is refused', async (_, bytes) => {
    const path = await write(houses({ name: 'rooms', data: [5, 6, 7], type: 'DOUBLE' }));
    if (bytes !== undefined) await writeFile(path, bytes);
    else {
      const whole = await readFile(path);
      await writeFile(path, whole.subarray(whole.length / 2));
    }
    expect((await validateFile(path, 'parquet', rules)).problems).toMatchObject([
      { rule: 'format', message: expect.stringContaining('not Parquet') },
    ]);
  });
});
