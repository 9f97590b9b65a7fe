import type { FeatureVerdict } from '@chorus/drift';
import type { FeatureReference } from '@chorus/registry';
import type { NamedVerdict } from './draw-drift.ts';

const short = (edge: number): string => String(Number(edge.toPrecision(4)));

/** Returns a name for each bin of a reference, for people: its category, or the values between its edges. */
export function binNames(reference: FeatureReference): readonly string[] {
  if ('categories' in reference) return reference.categories;
  const { edges } = reference;
  return reference.shares.map((_, bin) => {
    const [from, to] = [edges[bin - 1], edges[bin]];
    if (from === undefined) return to === undefined ? 'all' : `up to ${short(to)}`;
    return to === undefined ? `above ${short(from)}` : `${short(from)} to ${short(to)}`;
  });
}

/** Adds to verdicts the names of their features' bins. */
export function withBinNames(
  verdicts: readonly FeatureVerdict[],
  references: readonly FeatureReference[] = [],
): readonly NamedVerdict[] {
  return verdicts.map((verdict) => {
    const reference = references.find(({ name }) => name === verdict.name);
    return { ...verdict, bins: reference === undefined ? [] : binNames(reference) };
  });
}
