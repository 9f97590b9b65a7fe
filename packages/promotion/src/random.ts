/** Gives numbers from 0, below 1. */
export type Random = () => number;

/** mulberry32: small, fast, and the same everywhere for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns one of some values; undefined of none. */
export function pick<Of>(values: readonly Of[], random: Random): Of | undefined {
  return values[Math.floor(random() * values.length)];
}
