import type { Tensor } from '@chorus/protocol';
import type { Bins } from './bins.ts';

/** Most inner edges of a column that are looked through one by one. */
const mostEdges = 64;

/**
 * The number columns of one tensor, prepared to count a single row. All that is looked at lies side by side: between two requests the
 * model takes the processor's cache, and to fetch the bins from many places would take longer than to count.
 */
export interface RowPlan {
  /** Name of the tensor. */
  readonly tensor: string;
  /** By column: the reference's minimum and maximum, its inner edges, infinity. */
  readonly numbers: Float64Array;
  /** By column: the first of its numbers. */
  readonly starts: Int32Array;
  /** By column: the place of its value. */
  readonly offsets: Int32Array;
}

/** A column of numbers and its place in a tensor. */
interface NumberColumn {
  readonly tensor: string;
  readonly offset: number;
  readonly bins: Bins | undefined;
}

/** Returns the plan of these columns; undefined unless all are numbers of one tensor with few edges. */
export function planRow(columns: readonly NumberColumn[]): RowPlan | undefined {
  const [first] = columns;
  if (first === undefined) return undefined;
  const numbers: number[] = [];
  const starts: number[] = [];
  for (const { tensor, bins } of columns) {
    if (bins === undefined || tensor !== first.tensor || bins.size > mostEdges) return undefined;
    starts.push(numbers.length);
    numbers.push(bins.minimum, bins.maximum, ...bins.edges);
  }
  return {
    tensor: first.tensor,
    numbers: Float64Array.from(numbers),
    starts: Int32Array.from(starts),
    offsets: Int32Array.from(columns, ({ offset }) => offset),
  };
}

/** Texts of bins. */
const texts: readonly string[] = Array.from({ length: mostEdges + 1 }, (_, bin) => String(bin));

/** Returns what a row counts as, as text: its columns parted by `;`. */
export function countRow({ numbers, starts, offsets }: RowPlan, data: Tensor['data']): string {
  let text = '';
  for (let column = 0; column < offsets.length; column += 1) {
    if (column > 0) text += ';';
    const value = Number(data[offsets[column] ?? 0] ?? Number.NaN);
    if (Number.isNaN(value)) {
      text += 'm';
      continue;
    }
    const start = starts[column] ?? 0;
    let edge = start + 2;
    while (value > (numbers[edge] ?? Number.POSITIVE_INFINITY)) edge += 1;
    text += texts[edge - start - 2] ?? '';
    if (value < (numbers[start] ?? value)) text += ',b';
    else if (value > (numbers[start + 1] ?? value)) text += ',a';
  }
  return text;
}
