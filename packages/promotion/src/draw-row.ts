import type { Column, ModelSchema } from '@chorus/protocol';
import type { FeatureReference, NumberReference } from '@chorus/registry/manifest';
import { pick, type Random } from './random.ts';
import { type Element, elementOf, type RowInput, rowInputs } from './row-request.ts';

/** Draws a row: in it the elements of all inputs, one after the other. */
export type DrawRow = () => readonly Element[];

/** This share of the values that may be missing are. */
const missingShare = 0.05;

/** A value as the training data had them: a bin by its share, and any value within it. */
function drawFeature(reference: NumberReference, random: Random): number {
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

const isNumber = (reference: FeatureReference): reference is NumberReference =>
  'edges' in reference;

/** Returns the way to draw a column; undefined when nothing says what its values are like. */
function drawColumn(
  { datatype }: RowInput['input'],
  { name, categories, minimum, maximum }: Column,
  references: readonly FeatureReference[],
  random: Random,
): (() => Element) | undefined {
  if (categories !== undefined) return () => pick(categories, random) ?? '';
  if (datatype === 'BOOL') return () => random() < 0.5;
  if (datatype === 'BYTES') return undefined;
  const reference = references.filter(isNumber).find((each) => each.name === name);
  const [low, high] = [minimum ?? -Infinity, maximum ?? Infinity];
  if (reference !== undefined)
    return () => elementOf(datatype, Math.min(high, Math.max(low, drawFeature(reference, random))));
  if (low === -Infinity || high === Infinity) return undefined;
  return () => elementOf(datatype, low + random() * (high - low));
}

/**
 * Returns the way to draw rows of a model, feature by feature, from its training's statistics, from its columns'
 * categories and ranges; undefined when a column has neither, or an input takes no rows.
 */
export function drawRows(
  schema: ModelSchema,
  references: readonly FeatureReference[],
  random: Random,
): DrawRow | undefined {
  const draws = rowInputs(schema)?.flatMap(({ input, columns }) =>
    columns.map((column) => {
      const draw = drawColumn(input, column, references, random);
      if (draw === undefined || input.missing !== true) return draw;
      return () => (random() < missingShare ? Number.NaN : draw());
    }),
  );
  if (draws === undefined) return undefined;
  const known = draws.filter((draw) => draw !== undefined);
  return known.length === draws.length ? () => known.map((draw) => draw()) : undefined;
}
