import { beyondBins } from './bins.ts';

/**
 * The counts of one event as a text in its log line: `3;0x2,4,b|1`. Columns are parted by `;`, the inputs from the outputs by `|`. A
 * column has the bins with values in them, each with how many those are (`x2`) where it is more than one: a number is a bin, `m` missing,
 * `b` below, `a` above, `u` unseen.
 */

/** By the place behind the bins, see `beyondBins`. */
const letters: readonly string[] = ['m', 'b', 'a', 'u'];

/** Returns one column's counters as text. @param tally one for each bin, then those of `beyondBins` */
export function writeCounts(tally: Uint32Array): string {
  const bins = tally.length - beyondBins.size;
  let text = '';
  for (let place = 0; place < tally.length; place += 1) {
    const count = tally[place] ?? 0;
    if (count === 0) continue;
    if (text !== '') text += ',';
    text += place < bins ? place : (letters[place - bins] ?? '');
    if (count > 1) text += `x${count}`;
  }
  return text;
}

const entry = /^(?:(?<bin>\d{1,5})|(?<letter>[mbau]))(?:x(?<count>\d{1,9}))?$/;

/**
 * Adds one column's text to counters.
 *
 * @returns whether it is a text of such counters; otherwise nothing is added
 */
export function addCounts(tally: number[], text: string): boolean {
  const bins = tally.length - beyondBins.size;
  const added: (readonly [place: number, count: number])[] = [];
  for (const part of text === '' ? [] : text.split(',')) {
    const { bin, letter = '', count = '1' } = entry.exec(part)?.groups ?? {};
    const place = bin === undefined ? bins + letters.indexOf(letter) : Number(bin);
    const isKnown = bin === undefined ? place >= bins : place < bins;
    if (!isKnown) return false;
    added.push([place, Number(count)]);
  }
  for (const [place, count] of added) tally[place] = (tally[place] ?? 0) + count;
  return true;
}
