import { createHash } from 'node:crypto';

/** Returns a number in [0, 1) that is the same for the same texts. */
export function chanceOf(...texts: readonly string[]): number {
  return createHash('sha256').update(texts.join('/')).digest().readUInt32BE() / 2 ** 32;
}
