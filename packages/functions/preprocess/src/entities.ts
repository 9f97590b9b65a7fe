const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

/** The character of a number, as HTML reads it: what is no character is U+FFFD. */
function characterOf(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}

/** Returns a text with its character references read once: `&amp;lt;` is `&lt;`. Unknown names stay. */
export function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(?<decimal>[0-9]{1,8})|#[xX](?<hex>[0-9a-fA-F]{1,7})|(?<name>[a-z]{2,6}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10));
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
      return Object.hasOwn(named, name ?? '') ? (named[name ?? ''] ?? whole) : whole;
    },
  );
}
