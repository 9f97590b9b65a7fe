/** A stream of random numbers that depends on nothing but its seed. */
export interface Random {
  /** A whole number in `[0, bound)`; `bound` up to 2^32. */
  readonly below: (bound: number) => number;
}

/**
 * sfc32 of Chris Doty-Humphrey's PractRand (public domain, http://pracrand.sourceforge.net): 128
 * bits of state, cycle of at least 2^32, passes PractRand and BigCrush. Seeded as PractRand does
 * it, with the stream as third word and 15 rounds to mix.
 *
 * @param seed - whole number, `[0, 2^32)`
 * @param stream - independent sequences of one seed, such as one per tree, so that a forest grows
 * by adding trees
 */
export function sfc32(seed: number, stream = 0): Random {
  let a = 0;
  let b = seed | 0;
  let c = stream | 0;
  let counter = 1;
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  // Scaling 32 bits favours some values by at most bound / 2^32: nothing at the size of a table.
  return { below: (bound) => Math.floor((next() / 2 ** 32) * bound) };
}
