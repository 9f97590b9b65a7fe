import { createHash } from 'node:crypto';
import { type Random, sfc32 } from '../../random.ts';
import { collectRows, type RowSource } from '../../rows/row-source.ts';
import type { Table } from '../../table.ts';
import { growNodes, type Tree } from '../grow-tree.ts';
import { growTree } from '../regression-tree.ts';
import { prepareTreeData } from '../split-search.ts';
import { type BinnedRows, binRows, binTable } from './binned-rows.ts';
import { bagOf, binnedNodes } from './binned-search.ts';

export type ForestOption = 'trees' | 'maxFeatures' | 'minLeaf' | 'maxDepth' | 'exactRows';
export type ForestOptions = Readonly<Record<ForestOption, number>>;

/** Grows the trees of one forest, each by itself: tree `i` depends on the rows, the seed, options and `i`. */
export interface TreeGrower {
  readonly columns: number;
  /** SHA-256 of all that a tree depends on, hex. */
  fingerprint(): string;
  grow(index: number): Tree;
}

/** The version of how trees are grown: another one, and shares of old no longer fit. */
const growth = 'forest-1';

/** Prepares the rows of a table; up to `exactRows` every value is tried as a threshold, from there on bins are. */
export function growerOf(table: Table, options: ForestOptions, seed: number): TreeGrower {
  return table.target.length > options.exactRows
    ? binnedGrower(binTable(table, seed), options, seed)
    : exactGrower(table, options, seed);
}

/** The same for rows that need not fit into memory: of many rows there is a byte per value. */
export async function growerOfRows(
  rows: RowSource,
  options: ForestOptions,
  seed: number,
): Promise<TreeGrower> {
  return rows.rows > options.exactRows
    ? binnedGrower(await binRows(rows, seed), options, seed)
    : exactGrower(await collectRows(rows), options, seed);
}

function exactGrower(table: Table, options: ForestOptions, seed: number): TreeGrower {
  const data = prepareTreeData(table);
  const columns = table.columns.length;
  return {
    columns,
    fingerprint: () => digest(options, seed, [...data.values, data.target]),
    grow: (index) => {
      const random = sfc32(seed, index + 1);
      const weights = bootstrap(new Int32Array(table.target.length), random);
      return growTree(
        data,
        weights,
        { ...options, candidates: candidates(options, columns) },
        random,
      );
    },
  };
}

function binnedGrower(data: BinnedRows, options: ForestOptions, seed: number): TreeGrower {
  return {
    columns: data.width,
    fingerprint: () => digest(options, seed, [data.bins, ...data.lows, ...data.highs, data.target]),
    grow: (index) => {
      const random = sfc32(seed, index + 1);
      const bag = bagOf(bootstrap(new Uint8Array(data.rows), random));
      const tree = { ...options, candidates: candidates(options, data.width) };
      return growNodes(binnedNodes(data, bag, tree, random), options.maxDepth);
    },
  };
}

const candidates = ({ maxFeatures }: ForestOptions, columns: number) =>
  Math.max(1, Math.floor(maxFeatures * columns));

/** Fills in how often each row is drawn in as many draws as there are rows. */
function bootstrap<Weights extends Int32Array | Uint8Array>(
  weights: Weights,
  random: Random,
): Weights {
  const rows = weights.length;
  for (let draw = 0; draw < rows; draw++) {
    const row = random.below(rows);
    weights[row] = (weights[row] ?? 0) + 1;
  }
  return weights;
}

function digest(options: ForestOptions, seed: number, data: readonly NodeJS.TypedArray[]): string {
  // A forest grows by adding trees: their number is left out.
  const { trees: _, ...own } = options;
  const hash = createHash('sha256').update(JSON.stringify({ growth, seed, ...own }));
  for (const { buffer, byteOffset, byteLength } of data) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
