/** What one version did with the requests it got. */
export interface Tally {
  requests: number;
  /** How many failed, by error: `ModelLoadError: the weights are damaged`. */
  readonly errors: Map<string, number>;
  /** Round trips of those that did not, in milliseconds. */
  readonly latencies: number[];
}

/** The same for people and gates. */
export interface Summary {
  readonly requests: number;
  readonly errors: number;
  readonly errorKinds: Readonly<Record<string, number>>;
  /** Milliseconds; null when nothing was answered. */
  readonly p50: number | null;
  readonly p95: number | null;
}

export function newTally(): Tally {
  return { requests: 0, errors: new Map(), latencies: [] };
}

/** Notes one request. @param failure undefined when it was answered */
export function note(tally: Tally, milliseconds: number, failure: string | undefined): void {
  tally.requests += 1;
  if (failure === undefined) tally.latencies.push(milliseconds);
  else tally.errors.set(failure, (tally.errors.get(failure) ?? 0) + 1);
}

/**
 * The value below or at which a share of the values lies (nearest rank); null of none.
 *
 * @param ascending sorted
 */
export function percentile(ascending: readonly number[], share: number): number | null {
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  return ascending[rank - 1] ?? null;
}

export function summarise({ requests, errors, latencies }: Tally): Summary {
  const ascending = latencies.toSorted((one, other) => one - other);
  return {
    requests,
    errors: errors.values().reduce((sum, count) => sum + count, 0),
    errorKinds: Object.fromEntries(errors),
    p50: percentile(ascending, 0.5),
    p95: percentile(ascending, 0.95),
  };
}
