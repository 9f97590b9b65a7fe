import type { Datatype, TensorData } from '@chorus/protocol';
import type { Port } from './ports.ts';
import type { ProbeTensor } from './probe-messages.ts';

/** How large the dimensions are that a graph leaves open. */
export interface Sizes {
  /** The first dimension. */
  readonly rows: number;
  /** Dimensions with a name. */
  readonly named: ReadonlyMap<string, number>;
  /** All others. */
  readonly rest: number;
}

/** Values of strings that a graph knows, by input: the first category of an encoder. */
export type KnownTexts = ReadonlyMap<string, readonly string[]>;

/** Sizes of open dimensions besides the rows: of a sequence, a window of sound, a picture. */
const trials = [1, 8, 16, 32, 64, 224, 512, 1024];

/** An input that says nothing about its shape is a table, a list or something of three dimensions. */
const unknownRanks = [['', ''], [''], ['', '', '']];

function shapeOf({ dimensions }: Port, rank: readonly string[], sizes: Sizes): readonly number[] {
  return (dimensions ?? rank).map((size, axis) => {
    if (typeof size === 'number') return size;
    if (axis === 0) return sizes.rows;
    return sizes.named.get(size) ?? sizes.rest;
  });
}

/** A value of a datatype: 0 in the first row, 1 in the second, and so on. */
function elementOf(datatype: Datatype, row: number, texts: readonly string[]): TensorData[number] {
  if (datatype === 'BOOL') return row % 2 === 1;
  if (datatype === 'BYTES')
    return texts[row % Math.max(texts.length, 1)] ?? ['a', 'b'][row % 2] ?? 'a';
  return row;
}

/** Returns rows for each input: zeros in the first row and ones in the second, or the other way round from `first` on. */
export function makeRows(
  inputs: readonly Port[],
  rank: readonly string[],
  sizes: Sizes,
  { first = 0, texts }: { readonly first?: number; readonly texts: KnownTexts },
): readonly ProbeTensor[] {
  return inputs.map((port) => {
    const shape = shapeOf(port, rank, sizes);
    const count = shape.reduce((product, size) => product * size, 1);
    const perRow = count / (shape[0] ?? 1);
    const known = texts.get(port.name) ?? [];
    const data = Array.from({ length: count }, (_, index) =>
      elementOf(port.datatype, first + Math.floor(index / perRow), known),
    );
    return { name: port.name, datatype: port.datatype, shape, data };
  });
}

/** The names of dimensions that stand for the rows: those that are the first of an input. */
function rowNames(inputs: readonly Port[]): readonly string[] {
  return inputs.flatMap(({ dimensions: [first] = [] }) =>
    typeof first === 'string' && first !== '' ? [first] : [],
  );
}

/** True if the inputs leave more open than the number of rows. */
export function isFree(inputs: readonly Port[]): boolean {
  const names = rowNames(inputs);
  return inputs.some(
    ({ dimensions }) =>
      dimensions === undefined ||
      dimensions.slice(1).some((size) => typeof size === 'string' && !names.includes(size)),
  );
}

/** Returns all sizes to try, the likeliest first: a graph that leaves nothing open but rows has one. */
export function sizesToTry(
  inputs: readonly Port[],
): readonly { readonly sizes: Sizes; readonly rank: readonly string[] }[] {
  const ranks = inputs.some(({ dimensions }) => dimensions === undefined) ? unknownRanks : [[]];
  const named = new Map(rowNames(inputs).map((name) => [name, 1]));
  return ranks.flatMap((rank) =>
    (isFree(inputs) ? trials : [1]).map((rest) => ({ rank, sizes: { rows: 1, named, rest } })),
  );
}

/** The same sizes with another number of rows. */
export function withRows(sizes: Sizes, rows: number): Sizes {
  return { ...sizes, rows, named: new Map([...sizes.named.keys()].map((name) => [name, rows])) };
}
