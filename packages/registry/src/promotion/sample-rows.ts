import type { Column, InferRequest, ModelSchema } from '@chorus/protocol';
import { PromotionError } from '../errors.ts';
import type { FeatureReference, Manifest } from '../manifest.ts';

/** mulberry32: small, fast, and the same everywhere for the same seed. Gives numbers from 0, below 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A value as the training data had them: a bin by its share, and any value within it. */
function drawFeature(reference: FeatureReference, random: () => number): number {
  const { shares, edges, minimum, maximum } = reference;
  let left = random();
  const found = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  // Shares that sum to a little less than 1 leave a gap at the end.
  const bin = found < 0 ? shares.length - 1 : found;
  const from = bin === 0 ? minimum : (edges[bin - 1] ?? minimum);
  const to = edges[bin] ?? maximum;
  return from + random() * (to - from);
}

/** How to draw a column; undefined when nothing says what its values are like. */
function drawColumn(
  { name, minimum, maximum }: Column,
  references: readonly FeatureReference[],
  random: () => number,
): (() => number) | undefined {
  const reference = references.find((each) => each.name === name);
  const [low, high] = [minimum ?? -Infinity, maximum ?? Infinity];
  if (reference !== undefined)
    return () => Math.min(high, Math.max(low, drawFeature(reference, random)));
  return low === -Infinity || high === Infinity ? undefined : () => low + random() * (high - low);
}

/**
 * Requests of one row to try two versions of a model with, the same for the same arguments, without end: first the
 * examples, then rows drawn feature by feature from the statistics in the manifests, taking turns between the two.
 *
 * Real requests are not kept (payloads are never logged), so these stand in for them. Each feature is as in the
 * training data, but they are drawn independently: how features go together in real rows is lost, and some rows are
 * unlikely ones.
 *
 * @param examples rows in the order of the schema's columns
 * @throws {PromotionError} when the model's input is not a table, or nothing says what its rows look like
 */
export function sampleRequests(
  schema: ModelSchema,
  manifests: readonly (Manifest | undefined)[],
  examples: readonly (readonly number[])[],
  seed = 0,
): Iterator<InferRequest, never> {
  const [input, ...others] = schema.inputs;
  const { columns } = input ?? {};
  if (input === undefined || columns === undefined || others.length > 0)
    throw new PromotionError(
      `${schema.name} does not take one table of numbers, so its versions cannot be compared here; swap it, or promote with --shadow 0s --canary 0%`,
    );
  const random = randomFrom(seed);
  const sources = manifests
    .map((manifest) =>
      columns.map((column) => drawColumn(column, manifest?.training?.reference ?? [], random)),
    )
    .filter((source) => source.every((draw) => draw !== undefined));
  if (sources.length === 0 && examples.length === 0)
    throw new PromotionError(
      `Nothing says what rows of ${schema.name} look like: its manifests have no reference statistics, and there is no example`,
    );
  const { name, datatype } = input;
  return forever(sources, examples, (row) => ({
    inputs: [{ name, datatype, shape: [1, columns.length], data: row }],
  }));
}

function* forever<Of>(
  sources: readonly (readonly (() => number)[])[],
  examples: readonly (readonly number[])[],
  of: (row: readonly number[]) => Of,
): Generator<Of, never> {
  yield* examples.map(of);
  for (let turn = 0; ; turn++) {
    const source = sources[turn % sources.length];
    if (source === undefined) yield* examples.map(of);
    else yield of(source.map((draw) => draw()));
  }
}
