import type { Column, InferRequest, ModelSchema, TensorSpec } from '@chorus/protocol';
import type { FeatureReference, Manifest } from '@chorus/registry/manifest';
import { PromotionError } from './errors.ts';
import type { Example } from './example.ts';
import { tensorOfRows } from './tensor-of-rows.ts';

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

/** Returns the way to draw a column; undefined when nothing says what its values are like. */
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

/** Returns the one table of named columns that a model takes; undefined when it takes anything else. */
function tableInput({
  inputs: [input, ...others],
}: ModelSchema): { readonly input: TensorSpec; readonly columns: readonly Column[] } | undefined {
  const columns = input?.columns;
  return input === undefined || columns === undefined || others.length > 0
    ? undefined
    : { input, columns };
}

/** Returns a whole request to try a model with: an example, else that of the first manifest that has one. */
export function ownExample(
  manifests: readonly (Manifest | undefined)[],
  examples: readonly Example[],
): InferRequest | undefined {
  const given = examples.find((example) => 'request' in example);
  return given?.request ?? manifests.find((manifest) => manifest?.example !== undefined)?.example;
}

/** The examples that are rows of the model, in the order of its columns. */
export function rowsOf(schema: ModelSchema, examples: readonly Example[]): number[][] {
  const columns = tableInput(schema)?.columns;
  if (columns === undefined) return [];
  return examples
    .flatMap((example) => ('row' in example ? [example.row] : []))
    .map((row) => columns.map(({ name }) => row[name]))
    .filter((row): row is number[] => row.every((value) => typeof value === 'number'));
}

/**
 * Rows without end, the same for the same arguments: first the examples, then rows drawn feature by feature from the
 * statistics in the manifests, taking turns between them, or from the columns' ranges.
 *
 * @param examples rows in the order of the schema's columns
 * @returns undefined when the model's input is not a table, or nothing says what its rows look like
 */
export function sampleRows(
  schema: ModelSchema,
  manifests: readonly (Manifest | undefined)[],
  examples: readonly (readonly number[])[],
  seed = 0,
): Iterator<readonly number[], never> | undefined {
  const columns = tableInput(schema)?.columns;
  if (columns === undefined) return undefined;
  const random = randomFrom(seed);
  const sources = manifests
    .map((manifest) =>
      columns.map((column) => drawColumn(column, manifest?.training?.reference ?? [], random)),
    )
    .filter((source) => source.every((draw) => draw !== undefined));
  return sources.length === 0 && examples.length === 0 ? undefined : forever(sources, examples);
}

/**
 * Requests of one row to try two versions of a model with, the same for the same arguments, without end.
 *
 * Real requests are not kept (payloads are never logged), so these stand in for them. Each feature is as in the
 * training data, but they are drawn independently: how features go together in real rows is lost, and some rows are
 * unlikely ones. A model whose rows nothing describes, or that takes no rows, gets its example again and again.
 *
 * @throws {PromotionError} when there is no example either
 */
export function sampleRequests(
  schema: ModelSchema,
  manifests: readonly (Manifest | undefined)[],
  examples: readonly Example[],
  seed = 0,
): Iterator<InferRequest, never> {
  const table = tableInput(schema);
  const rows = sampleRows(schema, manifests, rowsOf(schema, examples), seed);
  if (table !== undefined && rows !== undefined) return requestsOf(table.input, rows);
  const example = ownExample(manifests, examples);
  if (example !== undefined) return again(example);
  if (table === undefined)
    throw new PromotionError(
      `${schema.name} does not take one table of numbers and its manifests have no example, so its versions cannot be compared here; swap it, or promote with --shadow 0s --canary 0%`,
    );
  throw new PromotionError(
    `Nothing says what rows of ${schema.name} look like: its manifests have no reference statistics, and there is no example`,
  );
}

function* again(request: InferRequest): Generator<InferRequest, never> {
  for (;;) yield request;
}

function* requestsOf(
  input: TensorSpec,
  rows: Iterator<readonly number[], never>,
): Generator<InferRequest, never> {
  for (;;) yield { inputs: [tensorOfRows(input, [rows.next().value])] };
}

function* forever(
  sources: readonly (readonly (() => number)[])[],
  examples: readonly (readonly number[])[],
): Generator<readonly number[], never> {
  yield* examples;
  for (let turn = 0; ; turn++) {
    const source = sources[turn % sources.length];
    if (source === undefined) yield* examples;
    else yield source.map((draw) => draw());
  }
}
