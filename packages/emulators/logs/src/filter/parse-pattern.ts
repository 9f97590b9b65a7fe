import { invalid, notDone } from '../errors.ts';
import { parseJsonPattern } from './json-pattern.ts';

/** Whether a message is asked for. */
export type Matches = (message: string) => boolean;

/** A word of a pattern, and what it has to do with a message. */
interface Term {
  readonly kind: 'all' | 'any' | 'none';
  readonly text: string;
}

const term = /\s*(?<kind>[?-])?(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>\w+))(?=\s|$)/y;

function parseTerms(pattern: string): readonly Term[] {
  const terms: Term[] = [];
  term.lastIndex = 0;
  while (term.lastIndex < pattern.trimEnd().length) {
    const at = term.lastIndex;
    const found = term.exec(pattern)?.groups;
    if (found === undefined)
      throw invalid(
        `Invalid character(s) in the filter pattern at ${at + 1}: quote what is no letter, digit or underscore`,
      );
    const { kind, quoted, plain = '' } = found;
    const text = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain;
    terms.push({ kind: kind === '?' ? 'any' : kind === '-' ? 'none' : 'all', text });
  }
  return terms;
}

function matchTerms(terms: readonly Term[]): Matches {
  const of = (kind: Term['kind']) =>
    terms.filter((each) => each.kind === kind).map(({ text }) => text);
  const [all, any, none] = [of('all'), of('any'), of('none')];
  // AWS ignores optional words beside others.
  const isOptional = all.length + none.length === 0;
  return (message) =>
    isOptional
      ? any.some((text) => message.includes(text))
      : all.every((text) => message.includes(text)) && !none.some((text) => message.includes(text));
}

/**
 * Returns what a filter pattern matches: words, all of them, any of them (`?`), none of them (`-`); or a condition on a message of JSON,
 * `{ $.level = "ERROR" && $.ms > 100 }`.
 *
 * @throws {AwsApiError} InvalidParameterException for a pattern that is none, NotImplementedException for one of fields or of a regular expression
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parsePattern(pattern: string): Matches {
  const trimmed = pattern.trim();
  if (trimmed === '') return () => true;
  if (trimmed.startsWith('[')) throw notDone('filter patterns of fields between spaces');
  if (trimmed.startsWith('{')) return parseJsonPattern(trimmed);
  if (/(^|\s)[?-]?%/.test(trimmed)) throw notDone('regular expressions in filter patterns');
  return matchTerms(parseTerms(trimmed));
}
