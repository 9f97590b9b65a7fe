import { lexRank } from './lex-rank.ts';

/** Words as they are compared: letters, in lower case. */
export function wordsOf(sentence: string): readonly string[] {
  return sentence.toLowerCase().match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? [];
}

/** Ranks that differ by less are the same: sums of floats depend on their order. */
const same = 1e-9;

/**
 * Returns the indices of the most central sentences, ascending; of two that are as central the earlier one. A text without
 * more sentences than that is its own summary.
 */
export function chosenOf(ranks: readonly number[], count: number): readonly number[] {
  return ranks
    .map((rank, index) => ({ rank: Math.round(rank / same), index }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .slice(0, count)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

/** Returns the indices of the sentences that summarise a text. */
export function summarise(sentences: readonly string[], count: number): readonly number[] {
  return chosenOf(lexRank(sentences.map(wordsOf)), count);
}
