/** Classes that a row of a table shows; of more, the most probable. */
export const shownClasses = 5;

/** The most probable of many classes as text: `cat 0.700, dog 0.200`. */
export function mostProbable(probabilities: Readonly<Record<string, number>>): string {
  return Object.entries(probabilities)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, shownClasses)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(', ');
}
