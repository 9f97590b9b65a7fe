/** Edits (insert, delete, replace, swap of neighbours) between two words: optimal string alignment. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last: number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  const at = (row: readonly number[], index: number) => row[index] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(last, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped =
        from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
          ? at(before, j - 2) + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    before = last;
    last = row;
  }
  return at(last, to.length);
}

/** The candidate that a mistyped word most likely meant; undefined when none is near (a third of it may be wrong). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.ceil(candidate.length / 3)))
    .sort((one, other) => one.edits - other.edits);
  return best?.candidate;
}

/** ` Did you mean x?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const guess = nearest(word, candidates);
  return guess === undefined ? '' : ` Did you mean ${guess}?`;
}
