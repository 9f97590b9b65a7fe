/** How a text becomes terms, exactly as in training: train/terms.py. */

const letter = 'A-Za-zÀ-ÖØ-öø-ÿ';

/** Addresses, emoticons, words, numbers, marks, emoji. Whatever else a text has, controls too, only separates. */
const token = new RegExp(
  [
    'https?://[!-~]+',
    `[:;=]['-]?[()DP/|\\\\](?![${letter}])`,
    `[${letter}]+(?:'[${letter}]+)*`,
    '[0-9]+',
    '[!?]+',
    '[.,;:]',
    '[\\u2600-\\u27bf\\u{1f300}-\\u{1faff}]',
  ].join('|'),
  'gu',
);

const negations = new Set(
  'no not never none nobody nothing neither nor nowhere hardly barely scarcely without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt aint lack lacks lacking'.split(
    ' ',
  ),
);

/** So many words after a negation are negated, unless a mark comes first. */
const scope = 3;

/** A word in lower case, and whether one before it negates it. */
export interface Word {
  readonly word: string;
  readonly negated: boolean;
}

/** Returns the words of a text; of question and exclamation marks one each, other marks only end a negation. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let left = 0;
  for (const [match] of text.replaceAll('’', "'").matchAll(token)) {
    const word = match.toLowerCase();
    if (word.startsWith('http') && word.includes('://')) continue;
    if (/^[.,;:!?]+$/.test(word)) {
      left = 0;
      if (/^[!?]/.test(word)) words.push({ word: word.slice(0, 1), negated: false });
      continue;
    }
    words.push({ word, negated: left > 0 });
    left -= 1;
    if (negations.has(word) || word.endsWith("n't")) left = scope;
  }
  return words;
}

/** Returns the terms of words: each one, `NOT_` before a negated one, and each two that follow each other. */
export function termsOf(words: readonly Word[]): readonly string[] {
  const single = words.map(({ word, negated }) => (negated ? `NOT_${word}` : word));
  return [...single, ...single.slice(1).map((second, index) => `${single[index]} ${second}`)];
}
