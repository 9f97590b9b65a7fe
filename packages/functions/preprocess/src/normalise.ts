/** Marks that turn the order of what follows them; without them a text reads as it is written. */
const overrides = /[\u202a-\u202e\u2066-\u2069]/g;

/** Controls but tab and line feed; U+FEFF, which marks the start of a file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const controls = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff]/g;

/**
 * Returns a text in NFC with single spaces, without controls, and without lines that hold nothing. What joins or
 * directs letters and emoji (U+200C, U+200D, U+200E, U+200F) stays.
 */
export function normalise(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(controls, ' ')
    .replaceAll(overrides, '')
    .normalize('NFC')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => /[^\s\p{Cf}]/u.test(line))
    .join('\n');
}
