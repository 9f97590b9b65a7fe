/** One of the things that are compared, and how to measure it once. */
export interface Variant<Measurement> {
  readonly name: string;
  readonly measure: () => Promise<Measurement> | Measurement;
}

/**
 * Returns the order of `count` variants in a round: each round begins with the next one, and every second round runs
 * backwards, so that none always profits (or suffers) from coming first, last, or after the same neighbour.
 */
export function roundOrder(count: number, round: number): number[] {
  const order = Array.from({ length: count }, (_, index) => (index + (round >> 1)) % count);
  return round % 2 === 0 ? order : order.reverse();
}

/**
 * Measures every variant once per round, in changing order, one after the other. A machine that slows down, or
 * a neighbour that wakes up, then meets all of them: their ratio stays what it is.
 *
 * @param discarded rounds before the first that counts: they fill caches
 * @param onRound called before each round: from -discarded to rounds - 1
 * @returns the measurements of each variant, in the order of the rounds
 */
export async function interleave<Measurement>(
  variants: readonly Variant<Measurement>[],
  rounds: number,
  discarded: number,
  onRound: (round: number) => void,
): Promise<Map<string, Measurement[]>> {
  const measured = new Map<string, Measurement[]>(variants.map(({ name }) => [name, []]));
  for (let round = -discarded; round < rounds; round += 1) {
    onRound(round);
    for (const index of roundOrder(variants.length, round + discarded)) {
      const variant = variants[index];
      if (variant === undefined) continue;
      const measurement = await variant.measure();
      if (round >= 0) measured.get(variant.name)?.push(measurement);
    }
  }
  return measured;
}
