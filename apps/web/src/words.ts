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

/** Returns why the place does or does not count. */
function placeCounts({ probability, top }: Prediction, where: string): string {
  if (top.every(({ prior }) => prior === null))
    return `What lives in ${where} cannot be looked up just now, so the photo alone counts.`;
  return (probability ?? 0) >= sureFrom
    ? 'The photo is clear, so the place does not matter.'
    : 'The photo is not clear, so what does not live there counts half.';
}

/**
 * Returns the sentence under the headline.
 *
 * @param where the name of the place; undefined where it is not known or does not count
 */
export function explanation(
  prediction: Prediction,
  where: string | undefined,
  words: Words,
): string {
  const { label, top, other } = prediction;
  if (label !== null) return where === undefined ? '' : placeCounts(prediction, where);
  if (other)
    return `${percent(other.probability)} sure. It is none of those that are told apart here: ${words.known}.`;
  return top.length > 0 ? words.noneHint : '';
}

/** Returns what a bar of the candidates stands for. */
export function barsMean(isByPlace: boolean): string {
  return isByPlace ? 'By its looks, and by what lives there' : 'By its looks';
}

/**
 * Returns why a candidate stands where it does, besides its looks; nothing where the place says nothing.
 *
 * @param where the name of the place; undefined where it is not known or does not count
 */
export function reason(
  { label, visual, probability, prior, outOfRange }: Candidate,
  where: string | undefined,
  words: Words,
): string {
  if (where === undefined || prior === null) return '';
  const lives = `${pluralOf(label, words)} ${outOfRange ? 'do not live' : 'live'} in ${where}`;
  return percent(visual) === percent(probability)
    ? lives
    : `by its looks ${percent(visual)}; ${lives}`;
}
