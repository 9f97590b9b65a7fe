import type { Tensor } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import {
  type Bins,
  beyondBins,
  countCategories,
  countNumbers,
  prepareBins,
  writeNumber,
} from './bins.ts';
import { type CountedColumn, countedColumns } from './columns.ts';
import { writeCounts } from './count-line.ts';
import { countRow, planRow, type RowPlan } from './row-plan.ts';

/** What one event is counted as, for its log line: never a value. */
interface EventCounts {
  /** Rows that were answered. */
  readonly rows: number;
  /** The bins of these, or of a part of them, as `writeCounts` writes them; absent where the version has no reference. */
  readonly counts?: string;
}

/**
 * Most rows of one event whose bins are counted. Of a larger batch every second, third, … row is, all over it: counting each would take longer
 * than 3 % of what answering takes where the model is a quick one.
 */
const mostRows = 100;

/** Counts an event's inputs and outputs into the bins of a version's reference. */
export type Counter = (inputs: readonly Tensor[], outputs: readonly Tensor[]) => EventCounts;

/** A column that is ready to be counted. */
interface Prepared {
  readonly column: CountedColumn;
  readonly tally: Uint32Array;
  readonly bins?: Bins;
  readonly categories?: ReadonlyMap<string, number>;
}

function prepare(column: CountedColumn): Prepared {
  const { reference } = column;
  if ('categories' in reference) {
    const categories = new Map(reference.categories.map((name, place) => [name, place]));
    return { column, categories, tally: new Uint32Array(categories.size + beyondBins.size) };
  }
  const bins = prepareBins(reference.edges, reference.minimum, reference.maximum);
  return { column, bins, tally: new Uint32Array(bins.size + beyondBins.size) };
}

/** Which rows of an event are counted: from one on, every so many. */
interface Rows {
  readonly first: number;
  readonly every: number;
}

/** The label of the largest number of each row that is counted. */
function labelsOf(
  data: Tensor['data'],
  labels: readonly string[],
  { first, every }: Rows,
): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  const { length } = labels;
  for (let start = first * length; start + length <= data.length; start += every * length) {
    let best = 0;
    for (let place = 1; place < length; place += 1) {
      if (Number(data[start + place]) > Number(data[start + best])) best = place;
    }
    names.push(labels[best]);
  }
  return names;
}

/** The numbers of a tensor; its integers may be bigints, its truths booleans. */
function numbersOf({ datatype, data }: Tensor): ArrayLike<number> {
  const isPlain = datatype.startsWith('FP') || /^U?INT(8|16|32)$/.test(datatype);
  return isPlain ? (data as readonly number[]) : Array.from(data, Number);
}

/** Counts one column of one event, as text. */
function countColumn(
  { column, tally, bins, categories }: Prepared,
  tensor: Tensor,
  rows: Rows,
): string {
  const { width } = column;
  const isOne = tensor.data.length === width;
  if (isOne && bins !== undefined)
    return writeNumber(bins, Number(tensor.data[column.offset] ?? Number.NaN));
  const place = { offset: column.offset + rows.first * width, width: rows.every * width };
  tally.fill(0);
  const { labels } = column.tensor;
  if (bins !== undefined) countNumbers(tally, bins, numbersOf(tensor), place);
  else if (categories !== undefined && labels !== undefined)
    countCategories(tally, categories, labelsOf(tensor.data, labels, rows), {
      offset: 0,
      width: 1,
    });
  else if (categories !== undefined) countCategories(tally, categories, tensor.data, place);
  return writeCounts(tally);
}

/** The columns of a side: inputs, or outputs. */
interface Side {
  readonly prepared: readonly Prepared[];
  readonly plan: RowPlan | undefined;
}

function prepareSide(columns: readonly CountedColumn[]): Side {
  const prepared = columns.map(prepare);
  const plan = planRow(
    prepared.map(({ column, bins }) => ({
      tensor: column.tensor.name,
      offset: column.offset,
      bins,
    })),
  );
  return { prepared, plan };
}

function countAll({ prepared, plan }: Side, tensors: readonly Tensor[], rows: Rows): string {
  if (plan !== undefined) {
    const only = tensors.find(({ name }) => name === plan.tensor);
    const { width = 0 } = prepared[0]?.column ?? {};
    if (only?.data.length === width) return countRow(plan, only.data);
  }
  let text = '';
  let isFirst = true;
  let tensor: Tensor | undefined;
  for (const each of prepared) {
    const { name } = each.column.tensor;
    if (tensor?.name !== name) tensor = tensors.find((candidate) => candidate.name === name);
    if (!isFirst) text += ';';
    isFirst = false;
    if (tensor !== undefined) text += countColumn(each, tensor, rows);
  }
  return text;
}

/** Returns the counter of a version. Preparing takes some microseconds for each column. */
export function createCounter(manifest: Pick<Manifest, 'schema' | 'training'>): Counter {
  const columns = countedColumns(manifest);
  const inputs = prepareSide(columns.inputs);
  const outputs = prepareSide(columns.outputs);
  const isCounted = columns.inputs.length + columns.outputs.length > 0;
  const isBatch = manifest.schema.inputs[0]?.shape[0] === -1;
  let events = 0;
  return (given, answered) => {
    const rows = isBatch ? (given[0]?.shape[0] ?? 1) : 1;
    if (!isCounted) return { rows };
    const every = Math.max(1, Math.ceil(rows / mostRows));
    // Another row comes first each time: what repeats within a batch must not hide.
    const counted = { first: events % every, every };
    events += 1;
    return {
      rows,
      counts: `${countAll(inputs, given, counted)}|${countAll(outputs, answered, counted)}`,
    };
  };
}
