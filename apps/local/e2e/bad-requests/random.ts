/** Random choices that a seed repeats. */
export interface Random {
  /** A number from 0 up to 1, without it. */
  next(): number;
  /** A whole number from 0 up to `below`, without it. */
  whole(below: number): number;
  pick<Of>(from: readonly Of[]): Of;
  bytes(length: number): Buffer;
}

/** Mulberry32, a generator of 32 bits of state: the same seed gives the same choices everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    next,
    whole,
    pick(from) {
      const one = from[whole(from.length)];
      if (one === undefined) throw new Error('there is nothing to pick from');
      return one;
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => whole(256))),
  };
}
