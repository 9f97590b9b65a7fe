import { InvalidPatternError } from '../errors.ts';

/**
 * Returns the texts between the asterisks of a wildcard; `\*` and `\\` stand for the characters themselves.
 *
 * @throws {InvalidPatternError} for two asterisks in a row, and for another escape
 */
export function wildcardParts(text: string): readonly string[] {
  const parts = [''];
  const add = (character: string): void => {
    parts.push(`${parts.pop() ?? ''}${character}`);
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '*') {
      if (text.charAt(index + 1) === '*')
        throw new InvalidPatternError(
          `wildcard ${JSON.stringify(text)} has two asterisks in a row`,
        );
      parts.push('');
    } else if (character === '\\') {
      index += 1;
      const escaped = text.charAt(index);
      if (escaped !== '*' && escaped !== '\\')
        throw new InvalidPatternError(
          `wildcard ${JSON.stringify(text)} has a backslash before something else than * or \\`,
        );
      add(escaped);
    } else add(character);
  }
  return parts;
}

/** Whether a text is the parts with anything between them. Its time grows with the text, whatever the parts are. */
export function matchesParts(parts: readonly string[], text: string): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
