import type { InferRequest, ModelSchema } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { type DrawRow, drawRows } from './draw-row.ts';
import { PromotionError } from './errors.ts';
import type { Example } from './example.ts';
import { randomFrom } from './random.ts';
import { requestOfRows, rowInputs, rowOf } from './row-request.ts';
import { variationsOf } from './vary-request.ts';

/** Returns whole requests to try a model with: those given, else those of the manifests that have one. */
export function ownExamples(
  manifests: readonly (Manifest | undefined)[],
  examples: readonly Example[],
): readonly InferRequest[] {
  const given = examples.flatMap((example) => ('request' in example ? [example.request] : []));
  if (given.length > 0) return given;
  return manifests.flatMap((manifest) => manifest?.example ?? []);
}

/** Returns the examples that are rows of the model as requests, each with its row so many times. */
export function rowExamples(
  schema: ModelSchema,
  examples: readonly Example[],
  times = 1,
): readonly InferRequest[] {
  const inputs = rowInputs(schema);
  if (inputs === undefined) return [];
  return examples
    .flatMap((example) => ('row' in example ? [rowOf(inputs, example.row)] : []))
    .filter((row) => row !== undefined)
    .map((row) => requestOfRows(inputs, new Array<typeof row>(times).fill(row)));
}

/**
 * Requests to try two versions of a model with, the same for the same arguments, without end: first the examples, then rows
 * drawn feature by feature from the statistics, categories and ranges in the manifests, taking turns between them; where these do
 * not say what every column is like, variations of the examples.
 *
 * Real requests are not kept (payloads are never logged), so these stand in for them. Each feature is as in the
 * training data, but they are drawn independently: how features go together in real rows is lost, and some rows are
 * unlikely ones.
 *
 * @throws {PromotionError} when there is no example either
 */
export function sampleRequests(
  schema: ModelSchema,
  manifests: readonly (Manifest | undefined)[],
  examples: readonly Example[],
  seed = 0,
): Iterator<InferRequest, never> {
  const random = randomFrom(seed);
  const draws = manifests
    .map((manifest) => drawRows(manifest?.schema ?? schema, referenceOf(manifest), random))
    .filter((draw) => draw !== undefined);
  const own = ownExamples(manifests, examples);
  // A workflow's row may have a field of the input's name that means something else.
  const first = own.length > 0 ? own : rowExamples(schema, examples);
  if (draws.length > 0) return startingWith(first, drawn(schema, draws));
  if (first.length > 0) return startingWith(first, variationsOf(schema, first, random));
  throw new PromotionError(
    `Nothing says what requests of ${schema.name} look like: its manifests have no example and no reference statistics, and its columns no ranges. Push it with an example in its manifest, swap it, or promote with --shadow 0s --canary 0%`,
  );
}

const referenceOf = (manifest: Manifest | undefined) => manifest?.training?.reference ?? [];

function* startingWith(
  first: readonly InferRequest[],
  rest: Iterable<InferRequest, never>,
): Generator<InferRequest, never> {
  yield* first;
  return yield* rest;
}

/** Requests of one row. */
function* drawn(schema: ModelSchema, draws: readonly DrawRow[]): Generator<InferRequest, never> {
  const inputs = rowInputs(schema) ?? [];
  for (;;) for (const draw of draws) yield requestOfRows(inputs, [draw()]);
}
