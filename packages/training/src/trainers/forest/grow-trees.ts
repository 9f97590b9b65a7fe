import { TrainingError } from '../../errors.ts';
import { refuseTooLarge } from '../../onnx/tree-ensemble.ts';
import type { FitRowsContext } from '../../trainer.ts';
import type { Tree } from '../grow-tree.ts';
import { decodeShare, encodeShare } from './share.ts';
import type { TreeGrower } from './tree-grower.ts';

/** Trees of a forest by their numbers: from `first` up to, not including, `end`. */
export interface TreeRange {
  readonly first: number;
  readonly end: number;
  /** Of the whole forest. */
  readonly total: number;
}

/**
 * Grows some trees of a forest. With checkpoints each is kept as soon as it has grown, and one that was kept is not
 * grown again; one that is damaged is.
 *
 * @throws TrainingError when the whole forest would be larger than a file of ONNX may be
 */
export async function growTrees(
  grower: TreeGrower,
  { first, end, total }: TreeRange,
  { checkpoints, onProgress }: Omit<FitRowsContext, 'seed'>,
): Promise<Tree[]> {
  const fingerprint = checkpoints && grower.fingerprint();
  const trees: Tree[] = [];
  let nodes = 0;
  for (let index = first; index < end; index++) {
    // Rows, options or a seed that are not the same have names of their own.
    const name = `tree-${fingerprint?.slice(0, 16)}-${index}`;
    const bytes = await checkpoints?.read(name);
    const kept = bytes && decodeShare(bytes)?.trees[0];
    const tree = kept ?? grower.grow(index);
    trees.push(tree);
    nodes += tree.feature.length;
    refuseTooLarge(nodes, trees.length, total);
    if (kept === undefined && fingerprint !== undefined) {
      await checkpoints?.write(name, encodeShare({ fingerprint, first: index, trees: [tree] }));
    }
    onProgress?.(index + 1 - first, end - first);
  }
  return trees;
}

/**
 * Returns the trees of shares, in any order, as the whole forest has them.
 *
 * @throws TrainingError when a share is damaged or of other rows, options or another seed, or when a tree is missing or
 * there twice
 */
export function joinShares(shares: readonly Uint8Array[], trees: number): Tree[] {
  const decoded = shares.map((bytes, index) => {
    const share = decodeShare(bytes);
    if (share === undefined) {
      throw new TrainingError(`Share ${index} of the forest is damaged: grow it again`);
    }
    return share;
  });
  const other = decoded.findIndex(({ fingerprint }) => fingerprint !== decoded[0]?.fingerprint);
  if (other >= 0) {
    throw new TrainingError(
      `Share ${other} of the forest was grown on other rows, with other options or another seed than share 0`,
    );
  }
  const joined: Tree[] = [];
  for (const share of decoded.toSorted((a, b) => a.first - b.first)) {
    if (share.first > joined.length) throw missing(joined.length, share.first);
    if (share.first < joined.length) {
      throw new TrainingError(
        `Trees ${share.first} to ${joined.length - 1} of the forest are there twice: in more than one share`,
      );
    }
    joined.push(...share.trees);
  }
  if (joined.length < trees) throw missing(joined.length, trees);
  if (joined.length > trees) {
    throw new TrainingError(`The shares have ${joined.length} trees, the forest ${trees}`);
  }
  return joined;
}

const missing = (from: number, to: number) =>
  new TrainingError(`Trees ${from} to ${to - 1} of the forest are missing: no share has them`);
