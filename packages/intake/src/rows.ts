import type { Datatype, TensorData } from '@chorus/protocol';
import type { Port } from './ports.ts';
import type { ProbeTensor } from './probe-messages.ts';

/** The sizes to use for dimensions that a graph leaves open. */
export interface Sizes {
  /** The first dimension. */
  readonly rows: number;
  /** Dimensions with a name. */
  readonly named: ReadonlyMap<string, number>;
  /** The last dimension: a sequence's length, the columns of a table. */
  readonly rest: number;
  /** All others: those of a picture grow with the last one, the state of a recurrent network has its batch there. */
  readonly inner: number;
}

/** Values of strings that a graph knows, by input: the first category of an encoder. */
export type KnownTexts = ReadonlyMap<string, readonly string[]>;

/** Sizes of open dimensions besides the rows: of a sequence, a window of sound, a picture. */
const trials = [1, 8, 16, 32, 64, 80, 128, 224, 256, 320, 480, 512, 640, 1024, 1280, 16_000];

/** Largest of them that a picture is tried with. */
const largestPicture = 1024;

/** An input that says nothing about its shape is a table, a list or something of three dimensions. */
const unknownRanks = [['', ''], [''], ['', '', '']];

function shapeOf({ dimensions }: Port, rank: readonly string[], sizes: Sizes): readonly number[] {
  const known = dimensions ?? rank;
  const last = known.length - 1;
  return known.map((size, axis) => {
    if (typeof size === 'number') return size;
    if (axis === 0) return sizes.rows;
    return sizes.named.get(size) ?? (axis === last ? sizes.rest : sizes.inner);
  });
}

/** A value of a datatype: 0 in the first row, 1 in the second, and so on. */
function elementOf(datatype: Datatype, row: number, texts: readonly string[]): TensorData[number] {
  if (datatype === 'BOOL') return row % 2 === 1;
  if (datatype === 'BYTES')
    return texts[row % Math.max(texts.length, 1)] ?? ['a', 'b'][row % 2] ?? 'a';
  return row;
}

/** Which rows are made. */
export interface Rows {
  /** The value of every element of the first row: zero, or one. */
  readonly first?: number;
  /** Every row is like the first; else zeros and ones take turns. */
  readonly alike?: boolean;
  readonly texts: KnownTexts;
}

/** Returns rows for each input. */
export function makeRows(
  inputs: readonly Port[],
  rank: readonly string[],
  sizes: Sizes,
  { first = 0, alike = false, texts }: Rows,
): readonly ProbeTensor[] {
  return inputs.map((port) => {
    const shape = shapeOf(port, rank, sizes);
    const count = shape.reduce((product, size) => product * size, 1);
    const perRow = count / (shape[0] ?? 1);
    const known = texts.get(port.name) ?? [];
    const data = Array.from({ length: count }, (_, index) =>
      elementOf(port.datatype, first + (alike ? 0 : Math.floor(index / perRow)), known),
    );
    return { name: port.name, datatype: port.datatype, shape, data };
  });
}

/** The names of dimensions that stand for the rows: those that are the first of an input. */
export function rowNames(inputs: readonly Port[]): readonly string[] {
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
  const sizes = isFree(inputs) ? trials : [1];
  const pairs = [
    ...sizes.filter((size) => size <= largestPicture).map((size) => ({ rest: size, inner: size })),
    ...sizes.filter((size) => size > 1).map((size) => ({ rest: size, inner: 1 })),
  ];
  return ranks.flatMap((rank) =>
    pairs.map((pair) => ({ rank, sizes: { rows: 1, named, ...pair } })),
  );
}

/** The same sizes with another number of rows. */
export function withRows(sizes: Sizes, rows: number): Sizes {
  return { ...sizes, rows, named: new Map([...sizes.named.keys()].map((name) => [name, rows])) };
}

/** The same sizes with what is open besides the rows twice as large. */
export function twiceAsLong(sizes: Sizes): Sizes {
  const rest = sizes.rest * 2;
  return { ...sizes, rest, inner: sizes.inner === sizes.rest ? rest : sizes.inner };
}
