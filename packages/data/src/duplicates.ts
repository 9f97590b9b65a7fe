/** Slots of the table of hashes: 12 MB. */
const usualSlots = 2 ** 20;

/** A count of rows that repeat another one. */
export interface DuplicateCount {
  /** Takes a row's hash in `[0, 1)`; returns whether the row repeats one that was seen. */
  readonly add: (hash: number) => boolean;
  /** The share of rows that repeat another one, and whether all rows were counted. */
  readonly figures: () => { readonly share: number; readonly exact: boolean };
}

/**
 * Counts rows that repeat another one by their hashes, in bounded memory: exactly while there are at most half a million
 * different rows. Beyond that the rows whose hash is below a limit are counted, a random sample of the different rows with
 * all their repetitions, and the limit is halved as often as the table is half full.
 *
 * @param slots - of the table of hashes: a power of two, twice as many as there are rows to be counted exactly
 */
export function countDuplicates(slots: number = usualSlots): DuplicateCount {
  let table = new Float64Array(slots).fill(-1);
  let limit = 1;
  let filled = 0;
  let seen = 0;
  let repeated = 0;
  /** How often each kept row was repeated, to take it back where the limit passes it. */
  let repetitions = new Uint32Array(slots);

  /** Returns the slot that has this hash, or the free one for it. */
  function slotOf(hash: number): number {
    // Not the leading digits: those of all hashes below the limit are alike.
    let slot = ((hash * 2 ** 44) % slots) | 0;
    while (table[slot] !== -1 && table[slot] !== hash) slot = (slot + 1) % slots;
    return slot;
  }

  function halve(): void {
    const [oldTable, oldRepetitions] = [table, repetitions];
    table = new Float64Array(slots).fill(-1);
    repetitions = new Uint32Array(slots);
    limit /= 2;
    [filled, seen, repeated] = [0, 0, 0];
    for (const [slot, hash] of oldTable.entries()) {
      if (hash === -1 || hash >= limit) continue;
      const times = oldRepetitions[slot] ?? 0;
      const place = slotOf(hash);
      table[place] = hash;
      repetitions[place] = times;
      filled += 1;
      seen += 1 + times;
      repeated += times;
    }
  }

  return {
    add: (hash) => {
      if (hash >= limit) return false;
      const slot = slotOf(hash);
      seen += 1;
      if (table[slot] === hash) {
        repetitions[slot] = (repetitions[slot] ?? 0) + 1;
        repeated += 1;
        return true;
      }
      table[slot] = hash;
      filled += 1;
      if (filled > slots / 2) halve();
      return false;
    },
    figures: () => ({ share: seen === 0 ? 0 : repeated / seen, exact: limit === 1 }),
  };
}
