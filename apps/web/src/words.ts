import type { Candidate, Prediction } from './api/answer.ts';
import type { Words } from './settings.ts';

/** Returns a noun with its article: `a dog`, `an elephant`. */
function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Returns the plural of a label. */
function pluralOf(label: string, { plurals }: Pick<Words, 'plurals'>): string {
  return plurals[label] ?? `${label}s`;
}

/** Returns a probability as a person says it: never 100 %, nor 0. */
export function percent(probability: number): string {
  if (probability > 0.99) return '> 99 %';
  if (probability < 0.01) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** From here on a photo alone decides, as the service has it. */
const sureFrom = 0.7;

/** Returns the answer in words: `Pretty sure: a dog`. */
export function headline({ label, probability, other, top }: Prediction, words: Words): string {
  if (label !== null && probability !== null) {
    const thing = withArticle(label);
    if (probability >= 0.95) return `Almost certain: ${thing}`;
    if (probability >= sureFrom) return `Pretty sure: ${thing}`;
    if (probability >= 0.5) return `Probably ${thing}`;
    const second = top[1];
    return second === undefined
      ? `Perhaps ${thing}`
      : `Perhaps ${thing}, or ${withArticle(second.label)}`;
  }
  if (other) return `Another ${words.subject}: it looks like ${withArticle(other.name)}`;
  return `No ${words.subject} found`;
}

/** Returns the sentence under the headline. */
export function explanation({ label, top, other }: Prediction, words: Words): string {
  if (label !== null) return '';
  if (other) return `It is none of those that are told apart here: ${words.known}.`;
  return top.length > 0 ? words.noneHint : '';
}

/**
 * Returns why a candidate stands where it does, by the photo and by the place.
 *
 * @param where the name of the place; undefined where it is not known or does not count
 */
export function reason(
  { label, visual, outOfRange }: Candidate,
  where: string | undefined,
  words: Words,
): string {
  const looks = `looks like ${withArticle(label)}: ${percent(visual)}`;
  if (where === undefined) return looks;
  return `${looks}; ${pluralOf(label, words)} ${outOfRange ? 'do not live' : 'live'} in ${where}`;
}
