import type { Column, InferRequest, ModelSchema, Tensor, TensorSpec } from '@chorus/protocol';
import { pick, type Random } from './random.ts';
import { type Element, elementOf } from './row-request.ts';

/** The smallest and the largest number that examples have in a column, or in a tensor without columns; 0 is among them. */
interface Seen {
  readonly smallest: number;
  readonly largest: number;
}

/** One input: what its examples hold, by column. */
interface Input {
  readonly spec: TensorSpec;
  readonly columns: readonly Partial<Column>[];
  readonly seen: readonly Seen[];
}

/** Floats are moved by steps of this part of their range, so that they stay short as JSON. */
const steps = 128;

function seenIn(values: readonly Element[]): Seen {
  const numbers = values.map(Number).filter(Number.isFinite);
  return {
    smallest: numbers.reduce((least, value) => Math.min(least, value), 0),
    largest: numbers.reduce((most, value) => Math.max(most, value), 0),
  };
}

function inputOf(spec: TensorSpec, examples: readonly InferRequest[]): Input {
  const columns: Input['columns'] = spec.columns ?? [{}];
  const values = examples.flatMap(
    ({ inputs }) => inputs.find(({ name }) => name === spec.name)?.data ?? [],
  );
  const seen = columns.map((_, column) =>
    seenIn(values.filter((_value, index) => index % columns.length === column)),
  );
  return { spec, columns, seen };
}

/** Returns a float near another one: by half of it at most; zeros alone say nothing of the scale, so they become -1 to 1. */
function varyFloat(value: number, { smallest, largest }: Seen, random: Random): number {
  if (Number.isNaN(value) || (value === 0 && largest > smallest)) return value;
  const range = Math.abs(value) / 2 || 1;
  const varied = value + (range * (Math.floor(random() * (2 * steps + 1)) - steps)) / steps;
  // Counts and flags stay whole.
  return Number.isInteger(value) && value !== 0 ? Math.round(varied) : varied;
}

/** Returns an integer that is no further from 0 than those seen: what counts, or names an entry of a list, may be less. */
function varyInteger({ smallest, largest }: Seen, random: Random): number {
  const most = Math.max(1, largest);
  return smallest + Math.floor(random() * (most - smallest + 1));
}

function varyElement(
  value: Element,
  { datatype }: TensorSpec,
  { categories, minimum = -Infinity, maximum = Infinity }: Partial<Column>,
  seen: Seen,
  random: Random,
): Element {
  if (typeof value === 'string') return categories ? (pick(categories, random) ?? value) : value;
  if (typeof value === 'boolean') return random() < 0.5;
  if (typeof value === 'bigint') return value;
  const isKnown = Number.isFinite(maximum - minimum);
  const varied = isKnown
    ? minimum + random() * (maximum - minimum)
    : datatype.startsWith('FP')
      ? varyFloat(value, seen, random)
      : datatype === 'UINT8'
        ? Math.floor(random() * 256)
        : varyInteger(seen, random);
  return elementOf(datatype, Math.min(maximum, Math.max(minimum, varied)));
}

/**
 * Requests like some examples, without end and the same for the same seed: of their shapes, with other numbers of the same
 * kind. Texts without categories stay as they are, and so do photos.
 */
export function* variationsOf(
  schema: ModelSchema,
  examples: readonly InferRequest[],
  random: Random,
): Generator<InferRequest, never> {
  const inputs = schema.inputs.map((spec) => inputOf(spec, examples));
  const vary = (tensor: Tensor): Tensor => {
    const input = inputs.find(({ spec }) => spec.name === tensor.name);
    if (input === undefined) return tensor;
    const { spec, columns, seen } = input;
    const data = tensor.data.map((value, index) => {
      const column = index % columns.length;
      const range = seen[column] ?? { smallest: 0, largest: 0 };
      return varyElement(value, spec, columns[column] ?? {}, range, random);
    });
    return { ...tensor, data };
  };
  for (;;) for (const example of examples) yield { ...example, inputs: example.inputs.map(vary) };
}
