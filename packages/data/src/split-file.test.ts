import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParquetTable } from './read-parquet-table.ts';
import { splitFile } from './split-file.ts';
import { file, folder, rules } from './testing/files.ts';

const header = 'price,rooms,kind';
const rule = { seed: 42, share: 0.2 };

/** So many different rows. */
const rowsOf = (count: number, price = 0) =>
  Array.from({ length: count }, (_, row) => {
    const rooms = 1 + (row % 190) / 10;
    return `${price + row},${rooms},${row < 190 ? 'house' : 'flat'}`;
  });

async function split(rows: readonly string[], given = rule) {
  const path = await file(`${header}\n${rows.join('\n')}\n`);
  const parts = await folder();
  const paths = { train: join(parts, 'train.parquet'), test: join(parts, 'test.parquet') };
  const result = await splitFile(path, 'csv', rules, given, paths);
  const read = (part: string) => readParquetTable(part, ['rooms', 'Kind'], 'price');
  return { path, paths, result, train: await read(paths.train), test: await read(paths.test) };
}

describe('splitFile', () => {
  it('writes every row into one of two Parquet files, a fifth of them held out', async () => {
    const { path, result, train, test } = await split(rowsOf(380));
    expect(result.trainRows + result.testRows).toBe(380);
    // Five standard deviations of a binomial count are 39.
    expect(Math.abs(result.testRows - 76)).toBeLessThan(39);
    expect(result.sha256).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    expect([...train.target, ...test.target].sort((a, b) => a - b)).toEqual([...Array(380).keys()]);
    expect(train.target).toEqual(train.target.toSorted());
    expect(train.features.subarray(0, 2)).toEqual(
      Float64Array.of(1 + ((train.target[0] ?? 0) % 190) / 10, 0),
    );
  });

  it('holds out what it has held out before, in another file, at another place, with another label', async () => {
    const before = await split(rowsOf(200));
    const after = await split([...rowsOf(380, 1000).reverse(), ...rowsOf(200)]);
    const features = ({ features: all }: { features: Float64Array }) =>
      new Set(
        Array.from({ length: all.length / 2 }, (_, row) => all.slice(2 * row, 2 * row + 2).join()),
      );
    const seen = features(before.train);
    for (const row of features(after.test)) expect(seen).not.toContain(row);
    for (const row of features(before.test)) expect(features(after.test)).toContain(row);
  });

  it('writes the same bytes again, and other rows for another seed', async () => {
    const [one, same, other] = [
      await split(rowsOf(380)),
      await split(rowsOf(380)),
      await split(rowsOf(380), { ...rule, seed: 7 }),
    ];
    expect(await readFile(same.paths.test)).toEqual(await readFile(one.paths.test));
    expect(other.test.target).not.toEqual(one.test.target);
  });

  it('writes the rows to train on a second time, in the part to fit on and the part to choose by', async () => {
    const path = await file(`${header}\n${rowsOf(380).join('\n')}\n`);
    const parts = await folder();
    const part = (name: string) => join(parts, `${name}.parquet`);
    const validation = { rule: { seed: 43, share: 0.2 }, fit: part('fit'), judge: part('judge') };
    const paths = { train: part('train'), test: part('test'), validation };
    const plain = await split(rowsOf(380));
    expect(await splitFile(path, 'csv', rules, rule, paths)).toEqual(plain.result);
    expect(await readFile(paths.test)).toEqual(await readFile(plain.paths.test));
    expect(await readFile(paths.train)).toEqual(await readFile(plain.paths.train));
    const read = (name: string) => readParquetTable(part(name), ['rooms', 'Kind'], 'price');
    const [fit, judge] = [await read('fit'), await read('judge')];
    expect([...fit.target, ...judge.target].sort((a, b) => a - b)).toEqual([...plain.train.target]);
    // Five standard deviations of a binomial count of some 304 are 35.
    expect(Math.abs(judge.target.length - plain.result.trainRows / 5)).toBeLessThan(35);
    await expect(
      splitFile(path, 'csv', rules, rule, {
        ...paths,
        validation: { ...validation, rule: { seed: 43, share: 0 } },
      }),
    ).rejects.toThrow('0 would choose the options');
    for (const name of ['train', 'test', 'fit', 'judge'])
      await expect(access(part(name))).rejects.toThrow('ENOENT');
  });

  it('names the first row that breaks a rule, and leaves no files', async () => {
    const path = await file(`${header}\n1,5,house\n2,many,house\n`);
    const parts = await folder();
    const paths = { train: join(parts, 'train.parquet'), test: join(parts, 'test.parquet') };
    await expect(splitFile(path, 'csv', rules, rule, paths)).rejects.toThrow(
      "Row 2: 'rooms' must be a number, not many",
    );
    await expect(access(paths.train)).rejects.toThrow('ENOENT');
    await expect(access(paths.test)).rejects.toThrow('ENOENT');
  });

  it('refuses rows that all stand on one side', async () => {
    await expect(split(['1,5,house', '2,5,house'])).rejects.toThrow('it takes more different rows');
  });
});
