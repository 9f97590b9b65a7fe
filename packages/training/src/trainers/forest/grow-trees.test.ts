import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../options.ts';
import type { Checkpoints } from '../../rows/checkpoints.ts';
import { fitRows } from '../../rows/fit-rows.ts';
import { tableRows } from '../../rows/row-source.ts';
import { friedmanRows, inPieces } from '../../testing/many-rows.ts';
import type { FittedModel } from '../../trainer.ts';
import { fitForest, randomForest } from '../random-forest.ts';

const ports = { input: 'features', output: 'price' };
const table = friedmanRows(400, 2);
const optionsOf = (given: Record<string, number>) =>
  resolveOptions('forest', randomForest.options, { trees: 6, ...given });

const bytesOf = (model: FittedModel) => Buffer.from(model.toOnnx(ports)).toString('base64');

/** Checkpoints in memory that fail like a full disk once so many are written. */
function memory(
  mostWrites = Number.POSITIVE_INFINITY,
): Checkpoints & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    read: async (name) => kept.get(name),
    write: async (name, bytes) => {
      if (kept.size >= mostWrites) throw new Error('the machine is gone');
      kept.set(name, bytes);
    },
  };
}

describe.each([
  ['exact', 400],
  ['binned', 0],
])('a forest of %s trees', (_, exactRows) => {
  const options = optionsOf({ exactRows });
  const whole = bytesOf(fitForest(table, options, { seed: 4 }));
  const trained = (checkpoints?: Checkpoints, rows = tableRows(table)) =>
    fitRows(randomForest, rows, options, { seed: 4, ...(checkpoints && { checkpoints }) });

  it.each([1, 7, 399, 1000])('is the same of rows in pieces of %i', async (size) => {
    expect(bytesOf(await trained(undefined, inPieces(table, size)))).toBe(whole);
  });

  it('goes on where it was stopped, and gives the same bytes', async () => {
    const { kept, ...stopped } = memory(3);
    await expect(trained(stopped)).rejects.toThrow('the machine is gone');
    const written: string[] = [];
    const model = await trained({
      read: stopped.read,
      write: async (name) => {
        written.push(name);
      },
    });
    expect(kept.size).toBe(3);
    expect(written.length).toBe(3);
    expect(bytesOf(model)).toBe(whole);
  });

  it('grows a tree again whose checkpoint is damaged or cut short', async () => {
    const checkpoints = memory();
    await trained(checkpoints);
    const [first, second, third] = [...checkpoints.kept];
    if (!first || !second || !third) throw new Error('a checkpoint is missing');
    const flipped = Uint8Array.from(first[1]);
    flipped[60] = (flipped[60] ?? 0) ^ 1;
    checkpoints.kept.set(first[0], flipped);
    checkpoints.kept.set(second[0], second[1].subarray(0, 100));
    checkpoints.kept.set(third[0], new Uint8Array());
    expect(bytesOf(await trained(checkpoints))).toBe(whole);
    expect(checkpoints.kept.get(first[0])).toEqual(first[1]);
  });

  it('takes no checkpoint of other rows, options or another seed', async () => {
    const checkpoints = memory();
    await trained(checkpoints);
    const other = { ...table, target: table.target.map((value) => value + 1) };
    await fitRows(randomForest, tableRows(other), options, { seed: 4, checkpoints });
    const context = { seed: 5, checkpoints };
    await fitRows(randomForest, tableRows(table), options, context);
    const deeper = { ...options, minLeaf: 3 };
    await fitRows(randomForest, tableRows(table), deeper, { seed: 4, checkpoints });
    expect(checkpoints.kept.size).toBe(4 * options.trees);
    const more = { ...options, trees: 8 };
    await fitRows(randomForest, tableRows(table), more, { seed: 4, checkpoints });
    expect(checkpoints.kept.size).toBe(4 * options.trees + 2);
  });

  it('is the same in shares, however they are cut and in whatever order they come', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 5 }));
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async (between, backwards) => {
        const bounds = [0, ...between.toSorted(), options.trees];
        const shares = await Promise.all(
          bounds.slice(1).map((end, index) => grow(bounds[index] ?? 0, end)),
        );
        const joined = backwards ? shares.toReversed() : shares;
        expect(bytesOf(merge(joined))).toBe(whole);
      }),
      { numRuns: 12 },
    );
  });

  const grow = async (first: number, end: number, seed = 4) => {
    const bytes = await randomForest.shares?.fit(
      tableRows(table),
      options,
      { first, end },
      { seed },
    );
    return bytes ?? new Uint8Array();
  };

  const merge = (shares: Uint8Array[]): FittedModel => {
    const model = randomForest.shares?.merge(shares, options, table.columns.length);
    if (model === undefined) throw new Error('the forest has no shares');
    return model;
  };

  it('is refused when shares do not make it', async () => {
    const [left, right] = [await grow(0, 3), await grow(3, 6)];
    expect(() => merge([right])).toThrow('Trees 0 to 2 of the forest are missing');
    expect(() => merge([left])).toThrow('Trees 3 to 5 of the forest are missing');
    expect(() => merge([left, right, right])).toThrow('Trees 3 to 5 of the forest are there twice');
    const other = await grow(3, 6, 5);
    expect(() => merge([left, other])).toThrow('other rows, with other options or another seed');
    expect(() => merge([left, right.subarray(1)])).toThrow('Share 1 of the forest is damaged');
    await expect(grow(3, 7)).rejects.toThrow('A forest of 6 trees has none from 3 up to 7');
  });
});
