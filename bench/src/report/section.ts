/** A number is shown with three digits that count; what could not be measured is a dash. */
export type Cell = string | number | undefined;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A number that decides, beside the number that was measured. */
export interface Target {
  /** The measure, with its base if it is a ratio. */
  readonly what: string;
  readonly measured: number | undefined;
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
}

/** The results of one benchmark. */
export interface Section {
  readonly title: string;
  /** How it was measured, in a sentence or two. */
  readonly method: string;
  readonly table: Table;
  /** A second table, of what the first is made of. */
  readonly details?: Table;
  readonly targets: readonly Target[];
  /** Facts that a reader has to know, e.g. that the peer is not on this machine. */
  readonly notes: readonly string[];
}

/** Tells whether a target is met; `undefined` when it was not measured. */
export function isMet({ measured, bound, limit }: Target): boolean | undefined {
  if (measured === undefined) return undefined;
  return bound === 'at most' ? measured <= limit : measured >= limit;
}
