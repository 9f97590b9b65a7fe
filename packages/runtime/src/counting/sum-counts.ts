import type { Counts } from '@chorus/drift/counts';
import type { Manifest } from '@chorus/registry/manifest';
import { beyondBins } from './bins.ts';
import { binsOf, type CountedColumn, countedColumns } from './columns.ts';
import { addCounts } from './count-line.ts';

/** The sum of what log lines of one version count. */
export interface CountSum {
  /**
   * Adds the `counts` of a line.
   *
   * @returns whether they are counts of this version's columns; otherwise nothing is added
   */
  add(counts: string): boolean;
  /** By the names of the references. */
  inputs(): Readonly<Record<string, Counts>>;
  outputs(): Readonly<Record<string, Counts>>;
}

interface Tally {
  readonly name: string;
  counters: number[];
}

const tallyOf = (column: CountedColumn): Tally => ({
  name: column.reference.name,
  counters: new Array<number>(binsOf(column) + beyondBins.size).fill(0),
});

/** Returns what the tallies are after a part of a line; undefined if it is none of these columns. */
function added(tallies: readonly Tally[], text: string): readonly number[][] | undefined {
  const texts = tallies.length === 0 && text === '' ? [] : text.split(';');
  if (texts.length !== tallies.length) return undefined;
  const sums = tallies.map(({ counters }) => [...counters]);
  return sums.every((sum, place) => addCounts(sum, texts[place] ?? '')) ? sums : undefined;
}

function countsOf({ counters }: Tally): Counts {
  const bins = counters.length - beyondBins.size;
  const figure = (place: number): number => counters[bins + place] ?? 0;
  return {
    bins: counters.slice(0, bins),
    missing: figure(beyondBins.missing),
    below: figure(beyondBins.below),
    above: figure(beyondBins.above),
    unseen: figure(beyondBins.unseen),
  };
}

const byName = (tallies: readonly Tally[]): Readonly<Record<string, Counts>> =>
  Object.fromEntries(tallies.map((tally) => [tally.name, countsOf(tally)]));

/** Returns a sum of nothing for a version. */
export function createSum(manifest: Pick<Manifest, 'schema' | 'training'>): CountSum {
  const columns = countedColumns(manifest);
  const inputs = columns.inputs.map(tallyOf);
  const outputs = columns.outputs.map(tallyOf);
  const keep = (tallies: readonly Tally[], sums: readonly number[][]): void => {
    for (const [place, tally] of tallies.entries()) tally.counters = sums[place] ?? tally.counters;
  };
  return {
    add(counts) {
      const [given, answered, ...more] = counts.split('|');
      const ofInputs = added(inputs, given ?? '');
      const ofOutputs = answered === undefined ? undefined : added(outputs, answered);
      if (more.length > 0 || ofInputs === undefined || ofOutputs === undefined) return false;
      keep(inputs, ofInputs);
      keep(outputs, ofOutputs);
      return true;
    },
    inputs: () => byName(inputs),
    outputs: () => byName(outputs),
  };
}
