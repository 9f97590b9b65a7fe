import { createHash } from 'node:crypto';

/** To be raised with the form of the cached value, `CellFeatures`: entries of the old form must not be found. */
const form = 1;

/** Twelve hexadecimal digits that change with the seed data, or with the form they are cached in. */
export function versionOfSeed(texts: readonly string[]): string {
  const hash = createHash('sha256').update(`form ${form}\n`);
  for (const text of texts) {
    hash.update(text);
  }
  return hash.digest('hex').slice(0, 12);
}
