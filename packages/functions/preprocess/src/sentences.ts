/** Abbreviations, without their last full stop, after which a sentence goes on. */
const abbreviations = new Set(
  'mr mrs ms dr prof st sr jr rev gen col sgt capt lt hon gov sen rep pres vs etc cf e.g i.e eg ie al approx est dept no vol fig pp ed eds inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m u.s u.k'.split(
    ' ',
  ),
);

/** Abbreviations that end a sentence if a capital follows. */
const mayEnd = new Set('etc inc ltd co corp a.m p.m u.s u.k no sat sun mar jr sr al'.split(' '));

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Whether a piece ends with an abbreviation, so that the next piece belongs to it. */
function goesOn(piece: string, next: string): boolean {
  // The last 24 characters are enough for any of them.
  const last = /(?:^|[\s("'“‘[])([\p{L}.]+)\.\s*$/u.exec(piece.slice(-24))?.[1];
  if (last === undefined) return false;
  const word = last.toLowerCase();
  if (mayEnd.has(word)) return /^[\p{Ll}\p{Nd}]/u.test(next);
  return abbreviations.has(word) || (/^\p{Lu}$/u.test(last) && last !== 'I');
}

/** Returns the sentences of a normalised text; a line break always ends one. */
export function sentencesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const sentences: string[] = [];
    let parts: string[] = [];
    let last = '';
    for (const { segment } of segmenter.segment(line)) {
      if (parts.length > 0 && !goesOn(last, segment)) {
        sentences.push(parts.join('').trim());
        parts = [];
      }
      parts.push(segment);
      last = segment;
    }
    sentences.push(parts.join('').trim());
    return sentences.filter((sentence) => sentence !== '');
  });
}
