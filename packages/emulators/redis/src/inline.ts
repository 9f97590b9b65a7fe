const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** Bare words, or quoted: in double quotes with escapes, in single quotes only with `\'`. */
const word =
  /\s*(?:"((?:\\.|[^"\\])*)"(?=\s|$)|'((?:\\'|[^'])*)'(?=\s|$)|([^\s"'][^\s"']*)(?=\s|$))/sy;

function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|(.))/gis,
    (_, hex: string | undefined, character: string) =>
      hex === undefined
        ? (escapes[character] ?? character)
        : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * Splits a command typed as a line, as Redis does (`sdssplitargs`).
 *
 * @param text bytes as Latin-1
 * @param unbalanced thrown when a quote does not end, or not where a word may
 */
export function splitInline(text: string, unbalanced: Error): Buffer[] {
  const words: Buffer[] = [];
  const trimmed = text.trim();
  word.lastIndex = 0;
  while (word.lastIndex < trimmed.length) {
    const match = word.exec(trimmed);
    if (match === null) throw unbalanced;
    const [, double, single, bare] = match;
    const value =
      double === undefined
        ? (single?.replaceAll("\\'", "'") ?? bare ?? '')
        : withoutEscapes(double);
    words.push(Buffer.from(value, 'latin1'));
  }
  return words;
}
