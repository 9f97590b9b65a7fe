import type { Random } from '../../random.ts';
import type { NodeRows, NodeSplit } from '../grow-tree.ts';
import type { TreeOptions } from '../split-search.ts';
import type { BinnedRows } from './binned-rows.ts';
import { mostBins } from './column-sketch.ts';

interface BinnedSplit extends NodeSplit {
  /** The last bin that goes left. */
  readonly bin: number;
  readonly score: number;
}

/** Sums of the rows of a node that are in one bin: how many rows, their weight, their weighed targets. */
const sums = 3;
const columnSums = mostBins * sums;

/** A bag's row is `row * 16 + times`: one look into memory less for each row of each node. */
const timesBits = 4;
const mostTimes = 2 ** timesBits - 1;

/**
 * Returns rows as a bag, ascending; a row that was drawn more than 15 times is there more than once.
 *
 * @param weights - how often each row counts; 0 leaves it out
 */
export function bagOf(weights: Uint8Array): Uint32Array {
  const parts = weights.reduce((sum, times) => sum + Math.ceil(times / mostTimes), 0);
  const bag = new Uint32Array(parts);
  let place = 0;
  weights.forEach((times, row) => {
    for (let left = times; left > 0; left -= mostTimes) {
      bag[place++] = ((row << timesBits) | Math.min(left, mostTimes)) >>> 0;
    }
  });
  return bag;
}

/**
 * Finds splits by adding up the rows of each bin and trying the places between bins: a pass over the rows of a node and
 * no sorting, whose cost is that of reading them. Draws columns as `splitSearch` does, so that the tree is the same where each
 * value has a bin of its own. Thresholds lie halfway between the values on either side, as there.
 *
 * @param bag - by `bagOf`; its order is changed
 */
export function binnedNodes(
  data: BinnedRows,
  bag: Uint32Array,
  { candidates, minLeaf }: TreeOptions,
  random: Random,
): NodeRows<BinnedSplit> {
  const { bins, target, width } = data;
  const order = Int32Array.from({ length: width }, (_, column) => column);
  const histograms = new Float64Array(width * columnSums);
  const goRight = new Uint32Array(bag.length);
  // Sums of targets far from zero would lose the digits that tell splits apart.
  const centre = target.reduce((sum, value) => sum + value, 0) / data.rows;
  const node = { weight: 0, sum: 0, pure: false };

  function draw(from: number, to: number): void {
    for (let tried = from; tried < to; tried++) {
      const chosen = tried + random.below(width - tried);
      const column = order[chosen] ?? -1;
      order[chosen] = order[tried] ?? -1;
      order[tried] = column;
    }
  }

  /** Adds up the rows of a node by the bins of some columns. */
  function count(start: number, end: number, columns: Int32Array): void {
    histograms.fill(0, 0, columns.length * columnSums);
    let weight = 0;
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = start; place < end; place++) {
      const entry = bag[place] ?? 0;
      const row = entry >>> timesBits;
      const times = entry & mostTimes;
      const value = (target[row] ?? Number.NaN) - centre;
      const weighed = times * value;
      weight += times;
      sum += weighed;
      if (value < least) least = value;
      if (value > most) most = value;
      const first = row * width;
      for (let tried = 0; tried < columns.length; tried++) {
        const bin = bins[first + (columns[tried] ?? 0)] ?? 0;
        const at = tried * columnSums + bin * sums;
        histograms[at] = (histograms[at] ?? 0) + 1;
        histograms[at + 1] = (histograms[at + 1] ?? 0) + times;
        histograms[at + 2] = (histograms[at + 2] ?? 0) + weighed;
      }
    }
    node.weight = weight;
    node.sum = sum;
    node.pure = least === most;
  }

  function bestOf(tried: number, feature: number, rows: number, best: BinnedSplit | undefined) {
    const { weight, sum } = node;
    const mean = sum / weight;
    let found = best;
    let leftRows = 0;
    let leftWeight = 0;
    let leftSum = 0;
    let last = -1;
    for (let bin = 0; bin < mostBins && leftRows <= rows - minLeaf; bin++) {
      const at = tried * columnSums + bin * sums;
      const inBin = histograms[at] ?? 0;
      if (inBin === 0) continue;
      if (leftRows >= minLeaf) {
        const score =
          (leftSum - leftWeight * mean) ** 2 * (1 / leftWeight + 1 / (weight - leftWeight));
        if (found === undefined || score > found.score) {
          found = { feature, threshold: thresholdOf(data, feature, last, bin), bin: last, score };
        }
      }
      leftRows += inBin;
      leftWeight += histograms[at + 1] ?? Number.NaN;
      leftSum += histograms[at + 2] ?? Number.NaN;
      last = bin;
    }
    return found;
  }

  return {
    length: bag.length,
    split: (start, end) => {
      const rows = end - start;
      if (rows === 1) return undefined;
      if (rows < 2 * minLeaf) {
        draw(0, width);
        return undefined;
      }
      let best: BinnedSplit | undefined;
      for (let from = 0; from < width && best === undefined; ) {
        const to = from === 0 ? Math.min(candidates, width) : from + 1;
        draw(from, to);
        const columns = order.subarray(from, to);
        count(start, end, columns);
        if (node.pure) return undefined;
        columns.forEach((feature, tried) => {
          best = bestOf(tried, feature, rows, best);
        });
        from = to;
      }
      return best;
    },
    part: (start, end, { feature, bin }) => {
      let left = start;
      let right = 0;
      for (let place = start; place < end; place++) {
        const entry = bag[place] ?? 0;
        const value = bins[(entry >>> timesBits) * width + feature] ?? 0;
        // Rows keep their order, which is that of memory.
        if (value <= bin) bag[left++] = entry;
        else goRight[right++] = entry;
      }
      bag.set(goRight.subarray(0, right), left);
      return left;
    },
    mean: (start, end) => {
      let weight = 0;
      let sum = 0;
      for (let place = start; place < end; place++) {
        const entry = bag[place] ?? 0;
        const times = entry & mostTimes;
        weight += times;
        sum += times * (target[entry >>> timesBits] ?? Number.NaN);
      }
      return sum / weight;
    },
  };
}

/** Returns a float32 that the rows up to one bin are not above, and those from a later bin on are. */
function thresholdOf({ lows, highs }: BinnedRows, feature: number, last: number, next: number) {
  const low = highs[feature]?.[last] ?? Number.NaN;
  const high = lows[feature]?.[next] ?? Number.NaN;
  const middle = Math.fround(low / 2 + high / 2);
  return middle < high ? middle : low;
}
